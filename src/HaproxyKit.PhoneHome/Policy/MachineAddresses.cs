using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// The addresses of this machine, without those of loopback, which are refused as such. Asked for again now and then: a
/// virtual address comes and goes.
/// </summary>
/// <param name="time">By which they grow old.</param>
/// <param name="read">How they are read; null asks the system.</param>
internal sealed class MachineAddresses(TimeProvider time, Func<IEnumerable<IPAddress>>? read = null)
{
    internal static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly Func<IEnumerable<IPAddress>> read = read ?? ReadSystem;
    private readonly Lock looking = new();
    private volatile Snapshot? snapshot;

    internal bool Contains(IPAddress address)
    {
        var now = snapshot;
        if (now is null)
        {
            lock (looking)
            {
                snapshot = now = snapshot ?? Look();
            }
        }
        else if (time.GetElapsedTime(now.ReadAt) >= LookInterval && looking.TryEnter())
        {
            // The others go on with what was known a moment ago.
            try
            {
                snapshot = now = Look();
            }
            finally
            {
                looking.Exit();
            }
        }

        return now.Addresses.Contains(address);
    }

    private static IEnumerable<IPAddress> ReadSystem() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address);

    private Snapshot Look() => new(time.GetTimestamp(), Read());

    private FrozenSet<IPAddress> Read()
    {
        try
        {
            return read().Where(address => !IPAddress.IsLoopback(address)).Select(Plain).ToFrozenSet();
        }
        catch (NetworkInformationException)
        {
            // Nothing else here can tell; a loop shows in HAProxy's log.
            return snapshot?.Addresses ?? [];
        }
    }

    /// <summary>Without the zone, which a caller cannot name.</summary>
    private static IPAddress Plain(IPAddress address) => new(address.GetAddressBytes());

    private sealed record Snapshot(long ReadAt, FrozenSet<IPAddress> Addresses);
}
