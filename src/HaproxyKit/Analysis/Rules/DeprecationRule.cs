using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3204: a word is deprecated in the version that the configuration is for.</summary>
internal static class DeprecationRule
{
    internal static void Check(LineContext line, int word, CatalogEntry entry)
    {
        if (line.Run.Catalog.Deprecates(entry))
        {
            line.Warning(
                DiagnosticIds.DeprecatedKeyword, word, $"'{entry.Name}' is deprecated since HAProxy {entry.Deprecated}",
                entry.Successor is { } successor ? $"write '{successor}' instead" : null);
        }
    }
}
