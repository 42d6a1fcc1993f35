using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>The frontends that take connections, by what a worker's rows say.</summary>
internal static class OpenFrontends
{
    internal const string Open = "OPEN";

    internal static HashSet<string> Of(IReadOnlyList<StatRow> rows) =>
        rows.Where(r => r.Kind == StatKind.Frontend && string.Equals(r.Status, Open, StringComparison.Ordinal))
            .Select(r => r.Proxy)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The status of each frontend.</summary>
    internal static IReadOnlyDictionary<string, string> StatusesOf(IReadOnlyList<StatRow> rows) =>
        rows.Where(r => r.Kind == StatKind.Frontend)
            .GroupBy(r => r.Proxy, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Status, StringComparer.Ordinal);
}
