using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The kernel's tables of TCP sockets, which everybody may read: <c>/proc/net/tcp</c> and <c>tcp6</c>.
/// </summary>
internal static class ListenerTable
{
    private const string ListenState = "0A";
    private const int InodeColumn = 9;
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Somebody who listens where a new socket would, or null.</summary>
    internal static IPEndPoint? FindConflict(IPEndPoint wanted) => FindConflicts(wanted).Select(found => found.EndPoint).FirstOrDefault();

    /// <summary>All who listen where a new socket would, each with the number of its socket.</summary>
    internal static IEnumerable<(IPEndPoint EndPoint, string Inode)> FindConflicts(IPEndPoint wanted) => Tables
        .Where(File.Exists)
        .SelectMany(table => Rows(File.ReadLines(table)))
        .Where(listener => listener.EndPoint.Port == wanted.Port && Overlaps(listener.EndPoint.Address, wanted.Address));

    /// <param name="lines">A table with its heading.</param>
    internal static IEnumerable<IPEndPoint> Listeners(IEnumerable<string> lines) => Rows(lines).Select(row => row.EndPoint);

    private static IEnumerable<(IPEndPoint EndPoint, string Inode)> Rows(IEnumerable<string> lines) => lines.Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is [_, _, _, ListenState, ..])
        .Select(words => (EndPoint: Parse(words[1]), Inode: words.ElementAtOrDefault(InodeColumn) ?? ""))
        .Where(row => row.EndPoint is not null)
        .Select(row => (row.EndPoint!, row.Inode));

    /// <summary>
    /// An unspecified IPv6 address mostly stands for IPv4 too, and the tables do not say where it does not: it counts
    /// as overlapping, because a port that is wrongly thought free costs more than one that is wrongly thought taken.
    /// </summary>
    private static bool Overlaps(IPAddress one, IPAddress other) =>
        one.Equals(IPAddress.IPv6Any)
        || other.Equals(IPAddress.IPv6Any)
        || Unmapped(one).Equals(Unmapped(other))
        || (Unmapped(one).AddressFamily == Unmapped(other).AddressFamily
            && (one.Equals(IPAddress.Any) || other.Equals(IPAddress.Any)));

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>
    /// Addresses are words of four bytes in the processor's own order, ports are plain numbers, all hexadecimal.
    /// </summary>
    private static IPEndPoint? Parse(string text)
    {
        const int WordDigits = 8;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0
            || colon % WordDigits != 0
            || !TryHex(text.AsSpan(colon + 1), out var port))
        {
            return null;
        }

        var words = new uint[colon / WordDigits];
        for (var i = 0; i < words.Length; i++)
        {
            if (!TryHex(text.AsSpan(i * WordDigits, WordDigits), out words[i]))
            {
                return null;
            }
        }

        return words.Length is 1 or 4
            ? new IPEndPoint(new IPAddress(MemoryMarshal.AsBytes(words.AsSpan())), (int)port)
            : null;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);
}
