using System.Globalization;

namespace HaproxyKit.Control.Deployment;

/// <summary>The ports that the kernel gives to outgoing connections.</summary>
internal static class EphemeralPorts
{
    private const string RangeFile = "/proc/sys/net/ipv4/ip_local_port_range";
    private const string ReservedFile = "/proc/sys/net/ipv4/ip_local_reserved_ports";

    /// <summary>The range as text, first and last port; empty where it cannot be read.</summary>
    internal static string Range => Read() is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}") : "";

    /// <summary>Whether an outgoing connection may hold the port.</summary>
    internal static bool Contains(int port) => Read() is { } range && port >= range.First && port <= range.Last && !IsReserved(port);

    private static (int First, int Last)? Read()
    {
        if (!File.Exists(RangeFile))
        {
            return null;
        }

        var words = File.ReadAllText(RangeFile).Split(['\t', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words is [var first, var last] ? (Number(first), Number(last)) : null;
    }

    private static bool IsReserved(int port) =>
        File.Exists(ReservedFile)
        && File.ReadAllText(ReservedFile).Trim().Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('-'))
            .Any(ends => port >= Number(ends[0]) && port <= Number(ends[^1]));

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
