using System.Runtime.CompilerServices;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// A section that is a mapping's, by its marker. What is found is kept with the section's text, which documents share that came of each other by
/// edits: to look at all sections of a file again costs little.
/// </summary>
/// <param name="Marker">The marker, which fits the section's own name.</param>
/// <param name="Kind">Frontend or backend.</param>
/// <param name="MarkerLine">Which of the section's lines is the marker.</param>
internal sealed record OwnedSection(MappingMarker Marker, SectionKind Kind, int MarkerLine)
{
    private static readonly ConditionalWeakTable<SectionSyntax, StrongBox<OwnedSection?>> Known = [];

    internal int Port => Marker.Port;

    /// <summary>The sections of mappings in a document, with their places.</summary>
    internal static List<(int Ordinal, OwnedSection Section)> In(ConfigDocument document)
    {
        var found = new List<(int, OwnedSection)>();
        HaproxyConfig? config = null;
        var ordinal = 0;
        foreach (var syntax in document.Sections)
        {
            if (MayBe(syntax))
            {
                if (!Known.TryGetValue(syntax, out var known))
                {
                    config ??= new HaproxyConfig(document);
                    known = new StrongBox<OwnedSection?>(Look(config, syntax));
                    Known.AddOrUpdate(syntax, known);
                }

                if (known.Value is { } owned)
                {
                    found.Add((ordinal, owned));
                }
            }

            ordinal++;
        }

        return found;
    }

    /// <summary>Whether it is a section of a mapping, and not of another one on the same port.</summary>
    internal bool IsOf(Mapping mapping) => Marker.Port == mapping.FrontendPort && Marker.Name == mapping.Name;

    private static bool MayBe(SectionSyntax section) =>
        section.Kind is SectionKind.Frontend or SectionKind.Backend && MappingNames.IsOurs(section.Name);

    private static OwnedSection? Look(HaproxyConfig config, SectionSyntax syntax)
    {
        var section = config.SectionsOf(syntax.Kind).Named(syntax.Name).First(section => ReferenceEquals(section.Syntax, syntax));
        var comments = section.Comments;
        return MappingMarker.Find(comments) is { } marker
            && MappingRules.IsPort(marker.Port)
            && section.Name == (syntax.Kind == SectionKind.Frontend ? MappingNames.Frontend(marker.Name, marker.Port) : MappingNames.Backend(marker.Name, marker.Port))
                ? new OwnedSection(marker, syntax.Kind, MappingMarker.IndexIn(comments))
                : null;
    }
}
