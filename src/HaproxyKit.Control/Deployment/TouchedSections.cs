using HaproxyKit.Control.Planning;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>Which sections, and files beside the configuration, a change touches: two changes of one must keep their order.</summary>
internal sealed class TouchedSections
{
    private TouchedSections(HashSet<string> keys, HashSet<string> proxies) => (Keys, Proxies) = (keys, proxies);

    /// <summary>What tells the sections apart; a frontend and a backend of one name are one.</summary>
    internal IReadOnlySet<string> Keys { get; }

    /// <summary>The names of those that are proxies.</summary>
    internal IReadOnlySet<string> Proxies { get; }

    /// <summary>Whether nothing is touched.</summary>
    internal bool IsEmpty => Keys.Count == 0;

    /// <summary>Whether all of them are proxies.</summary>
    internal bool AreProxies => Keys.Count == Proxies.Count;

    internal static TouchedSections Of(ConfigDocument before, ConfigDocument after, IEnumerable<ReferencedFile> files)
    {
        var differences = SectionDifferences.Between(before, after);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var proxies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in differences.Before.Concat(differences.Wanted))
        {
            var isProxy = IsProxy(section);
            keys.Add(isProxy ? section.Name : $"{section.Kind} {section.Name}");
            if (isProxy)
            {
                proxies.Add(section.Name);
            }
        }

        keys.UnionWith(files.Select(file => $"file {file.Path}"));
        return new TouchedSections(keys, proxies);
    }

    internal static bool IsProxy(SectionSyntax section) => section.Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen;
}
