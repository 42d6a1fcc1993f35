using System.Collections.Frozen;

namespace HaproxyKit.EdgeScript;

/// <summary>The words of the language.</summary>
internal static class EdgeWords
{
    internal const string Listen = "listen";
    internal const string As = "as";
    internal const string To = "to";
    internal const string PhoneHome = "phone-home";
    internal const string Port = "port";
    internal const string Check = "check";
    internal const string Every = "every";
    internal const string Fall = "fall";
    internal const string Rise = "rise";

    /// <summary>Words that the language is meant to have one day: a script that uses one is early, not mistyped.</summary>
    private static readonly FrozenSet<string> Planned = FrozenSet.Create(
        StringComparer.Ordinal,
        "haproxy", "host", "http", "lease", "nodes", "otherwise", "path", "proxy-protocol", "stats", "sticky");

    internal static ReadOnlySpan<byte> ListenBytes => "listen"u8;

    internal static bool IsPlanned(string word) => Planned.Contains(word);
}
