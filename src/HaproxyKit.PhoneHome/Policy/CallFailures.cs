using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Counts calls without a valid token by the address that they come from, so that further ones are told to wait. A
/// valid token is never asked about: all pods may share one address.
/// </summary>
/// <remarks>
/// IPv6 is counted by /64, as a caller has all addresses of one. The table has a fixed size: of more addresses than it
/// holds those are forgotten that failed least.
/// </remarks>
public sealed class CallFailures
{
    internal const int Sources = Sets * Ways;

    private const int Sets = 1024;
    private const int Ways = 4;

    private readonly Slot[] slots = new Slot[Sources];
    private readonly Lock changing = new();
    private readonly TimeProvider time;
    private readonly int limit;
    private readonly double perSecond;

    /// <summary>Makes an empty table.</summary>
    /// <param name="options">How many failures are borne.</param>
    /// <param name="time">By which failures are forgotten.</param>
    public CallFailures(IOptions<PhoneHomePolicyOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        limit = options.Value.FailuresPerMinute;
        perSecond = limit / 60.0;
    }

    /// <summary>How many sources are remembered now.</summary>
    internal int Remembered => slots.Count(slot => slot.Level > 0);

    /// <summary>Counts a failure.</summary>
    /// <param name="source">Where it came from, or null where that is not known: all such share one count.</param>
    /// <returns>How long to wait before the next, or null while not too many came.</returns>
    public TimeSpan? Count(IPAddress? source)
    {
        var key = KeyOf(source);
        var now = time.GetTimestamp();
        lock (changing)
        {
            ref var slot = ref FindSlot(key, now);
            slot.Level = Math.Min(LevelAt(slot, now) + 1, limit * 2);
            slot.At = now;
            return slot.Level <= limit ? null : TimeSpan.FromSeconds((slot.Level - limit) / perSecond);
        }
    }

    private static (byte Family, ulong Prefix) KeyOf(IPAddress? source)
    {
        if (source is null)
        {
            return (1, 0);
        }

        var plain = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? ((byte)2, BinaryPrimitives.ReadUInt64BigEndian(bytes))
            : ((byte)3, BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    /// <summary>
    /// The slot of a source, or one that it takes over: of the few where it may be, the one with the least to forget. Which
    /// those are differs from process to process, so that nobody can choose addresses that push out one another.
    /// </summary>
    private ref Slot FindSlot((byte Family, ulong Prefix) key, long now)
    {
        var first = (int)((uint)HashCode.Combine(key.Family, key.Prefix) % Sets) * Ways;
        var best = first;
        for (var i = first; i < first + Ways; i++)
        {
            if (slots[i].Key == key)
            {
                return ref slots[i];
            }

            if (LevelAt(slots[i], now) < LevelAt(slots[best], now))
            {
                best = i;
            }
        }

        slots[best] = new Slot { Key = key, At = now };
        return ref slots[best];
    }

    private double LevelAt(in Slot slot, long now) =>
        Math.Max(0, slot.Level - (time.GetElapsedTime(slot.At, now).TotalSeconds * perSecond));

    private struct Slot
    {
        internal (byte Family, ulong Prefix) Key;
        internal double Level;
        internal long At;
    }
}
