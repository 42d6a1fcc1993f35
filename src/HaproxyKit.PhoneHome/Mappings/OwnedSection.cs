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
/// <param name="IsNamedByPort">Whether the port alone names it.</param>
internal sealed record OwnedSection(MappingMarker Marker, SectionKind Kind, int MarkerLine, bool IsNamedByPort)
{
    private static readonly ConditionalWeakTable<SectionSyntax, StrongBox<OwnedSection?>> Known = [];
    private static readonly ConditionalWeakTable<ConfigDocument, List<(int Ordinal, OwnedSection Section)>> Lists = [];

    internal int Port => Marker.Port;

    /// <summary>The sections of mappings in a document, with their places.</summary>
    internal static IReadOnlyList<(int Ordinal, OwnedSection Section)> In(ConfigDocument document) => Lists.GetValue(document, Find);

    /// <summary>Whether it is a section of a mapping, and not of another one on the same port.</summary>
    internal bool IsOf(Mapping mapping) => Marker.Port == mapping.FrontendPort && IsNamedByPort == mapping.IsNamedByPort && (IsNamedByPort || Marker.Name == mapping.Name);

    /// <summary>The name of the mapping's backend.</summary>
    internal string BackendName => MappingNames.Backend(IsNamedByPort ? null : Marker.Name, Marker.Port);

    private static List<(int Ordinal, OwnedSection Section)> Find(ConfigDocument document)
    {
        var found = new List<(int, OwnedSection)>(document.SectionCount);
        HaproxyConfig? config = null;
        var ordinal = 0;
        foreach (var syntax in document.Sections)
        {
            if (!Known.TryGetValue(syntax, out var known))
            {
                known = new StrongBox<OwnedSection?>(MayBe(syntax) ? Look(config ??= new HaproxyConfig(document), syntax) : null);
                Known.AddOrUpdate(syntax, known);
            }

            if (known.Value is { } owned)
            {
                found.Add((ordinal, owned));
            }

            ordinal++;
        }

        return found;
    }

    private static bool MayBe(SectionSyntax section) =>
        section.Kind is SectionKind.Frontend or SectionKind.Backend && MappingNames.IsOurs(section.Name);

    private static OwnedSection? Look(HaproxyConfig config, SectionSyntax syntax)
    {
        var section = config.SectionsOf(syntax.Kind).Named(syntax.Name).First(section => ReferenceEquals(section.Syntax, syntax));
        var comments = section.Comments;
        if (MappingMarker.Find(comments) is not { } marker || !MappingRules.IsPort(marker.Port))
        {
            return null;
        }

        Func<string?, int, string> nameOf = syntax.Kind == SectionKind.Frontend ? MappingNames.Frontend : MappingNames.Backend;
        var isNamedByPort = section.Name == nameOf(null, marker.Port);
        return isNamedByPort || section.Name == nameOf(marker.Name, marker.Port)
            ? new OwnedSection(marker, syntax.Kind, MappingMarker.IndexIn(comments), isNamedByPort)
            : null;
    }
}
