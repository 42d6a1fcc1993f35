using System.Globalization;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>How the sections of mappings are named in HAProxy, so that statistics and logs tell whose they are.</summary>
internal static class MappingNames
{
    private const string Prefix = "phonehome_";
    private const string BackendSuffix = "_nodes";

    /// <param name="name">The mapping's name, or null where the port alone names its sections.</param>
    /// <param name="port">The frontend port.</param>
    internal static string Frontend(string? name, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{port}{(name is null ? "" : "_")}{name}");

    /// <inheritdoc cref="Frontend"/>
    internal static string Backend(string? name, int port) => Frontend(name, port) + BackendSuffix;

    /// <summary>Whether a proxy of this name can be nobody's but a mapping's.</summary>
    internal static bool IsOurs(string proxy) => proxy.StartsWith(Prefix, StringComparison.Ordinal);
}
