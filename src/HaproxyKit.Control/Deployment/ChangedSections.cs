using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The proxies in which two configurations differ. Documents that came of each other by edits share the text of all others, which need no second
/// look; where <c>defaults</c> differ, every proxy may.
/// </summary>
/// <param name="Before">Those of the first that the second has not, or not so.</param>
/// <param name="Wanted">Those of the second that the first has not, or not so.</param>
internal sealed record ChangedSections(IReadOnlyList<ProxySection> Before, IReadOnlyList<ProxySection> Wanted)
{
    internal static ChangedSections Between(ConfigDocument before, ConfigDocument wanted)
    {
        var changed = new ChangedSections(Without(before, wanted), Without(wanted, before));
        return changed.Before.Concat(changed.Wanted).Any(section => section.Kind == SectionKind.Defaults)
            ? new ChangedSections(ProxiesOf(before, static _ => true), ProxiesOf(wanted, static _ => true))
            : changed;
    }

    private static List<ProxySection> Without(ConfigDocument document, ConfigDocument other)
    {
        var shared = other.Sections.ToHashSet<SectionSyntax>(ReferenceEqualityComparer.Instance);
        return ProxiesOf(document, section => !shared.Contains(section));
    }

    private static List<ProxySection> ProxiesOf(ConfigDocument document, Func<SectionSyntax, bool> isOne) =>
        [.. new HaproxyConfig(document).Sections.OfType<ProxySection>().Where(section => isOne(section.Syntax))];
}
