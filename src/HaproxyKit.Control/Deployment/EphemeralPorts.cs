using System.Globalization;

namespace HaproxyKit.Control.Deployment;

/// <summary>The ports that the kernel gives to outgoing connections.</summary>
internal static class EphemeralPorts
{
    private const string RangeSetting = "/proc/sys/net/ipv4/ip_local_port_range";
    private const string ReservedSetting = "/proc/sys/net/ipv4/ip_local_reserved_ports";

    /// <summary>Whether the kernel may take the port at any time.</summary>
    internal static bool Contains(int port) =>
        Contains(port, ReadSetting(RangeSetting), ReadSetting(ReservedSetting));

    /// <param name="port">The port.</param>
    /// <param name="range">Two numbers with white space between them.</param>
    /// <param name="reserved">Numbers and ranges <c>a-b</c>, separated by commas.</param>
    internal static bool Contains(int port, string range, string reserved)
    {
        var bounds = range.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return bounds is [var first, var last] && IsWithin(port, first, last) && !reserved
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('-'))
            .Any(part => IsWithin(port, part[0], part[^1]));
    }

    private static bool IsWithin(int port, string first, string last) =>
        int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
        && port >= from
        && port <= to;

    private static string ReadSetting(string file) => File.Exists(file) ? File.ReadAllText(file) : "";
}
