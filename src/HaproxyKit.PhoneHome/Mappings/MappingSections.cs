using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// Mappings as marked sections of a HAProxy configuration: one frontend and one backend each. All other lines stay as they are, byte for byte.
/// </summary>
/// <param name="options">How the sections are written.</param>
public sealed class MappingSections(MappingSectionOptions options)
{
    private readonly MappingText _text = new(options);

    /// <summary>The mappings that stand in a configuration. Sections without a fitting marker are the operator's and are not among them.</summary>
    /// <param name="document">The configuration.</param>
    /// <returns>
    /// The mappings in the order of their frontends; a mapping with one of its two sections is there too, one with values that no call can have is not.
    /// </returns>
    public static IReadOnlyList<Mapping> Read(ConfigDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var config = new HaproxyConfig(document);
        var found = new Dictionary<int, Mapping>();
        foreach (var section in config.Sections)
        {
            if (OwnedBy(section) is { Owner: { } owner, Lease: { } lease, Settings: { } settings } marker && !found.ContainsKey(marker.Port))
            {
                found.Add(marker.Port, new Mapping
                {
                    Name = marker.Name,
                    FrontendPort = marker.Port,
                    Owner = owner,
                    Lease = lease,
                    Settings = settings,
                    SendProxy = MappingServers.ReadSendProxy(config, marker),
                    Nodes = MappingServers.ReadNodes(config, marker),
                });
            }
        }

        return [.. found.Values.Where(MappingRules.IsSound)];
    }

    /// <summary>The numbers of the lines, from 1, on which the sections of a port's mapping stand.</summary>
    internal static IReadOnlySet<int> LinesOf(ConfigDocument document, int frontendPort)
    {
        var lines = new HashSet<int>();
        foreach (var (ordinal, _, _) in OwnedSections(document, marker => marker.Port == frontendPort))
        {
            lines.UnionWith(Enumerable.Range(document.GetPosition(ordinal).Line, document.GetSection(ordinal).LineCount));
        }

        return lines;
    }

    /// <summary>How long connections of a mapping's nodes that go may last, and those of servers that are no mapping's.</summary>
    internal TimeSpan DrainTimeOf(Mapping? mapping) => mapping?.Settings.DrainTime ?? options.DrainTime;

    /// <summary>Makes a configuration hold exactly these mappings.</summary>
    /// <param name="document">The configuration, which stays as it is.</param>
    /// <param name="mappings">All mappings that shall stand in it, at most one of a port.</param>
    /// <returns>The document with their sections written anew where they differ, added where they are missing, and no section of another mapping.</returns>
    public ConfigDocument Apply(ConfigDocument document, IEnumerable<Mapping> mappings)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(mappings);

        // A single line that ends in CR alone would end in CR LF with what is added.
        var ending = document.SectionCount > 0 && document.GetSection(0)[0].Bytes.Span.TrimEnd((byte)'\n') is [.., (byte)'\r'] ? "\r\n" : "\n";
        var wanted = mappings.ToDictionary(mapping => mapping.FrontendName, StringComparer.Ordinal);
        var texts = wanted.Values
            .SelectMany(mapping => new[] { (Key: mapping.FrontendName, Text: _text.Frontend(mapping)), (Key: mapping.BackendName, Text: _text.Backend(mapping)) })
            .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Text.ReplaceLineEndings(ending)), StringComparer.Ordinal);

        // From the end, so that the places of the sections still to come stay as they are.
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (ordinal, name, markerLine) in OwnedSections(document, static _ => true).Reverse())
        {
            document = texts.TryGetValue(name, out var text) && written.Add(name)
                ? Rewrite(document, ordinal, markerLine, text)
                : Remove(document, ordinal, markerLine);
        }

        var missing = wanted.Values.SelectMany(mapping => new[] { mapping.FrontendName, mapping.BackendName }).Where(written.Add);
        return Append(document, [.. missing.Select(name => texts[name])], Encoding.UTF8.GetBytes(ending));
    }

    private static (int Ordinal, string Name, int MarkerLine)[] OwnedSections(ConfigDocument document, Func<MappingMarker, bool> fits) =>
    [
        .. new HaproxyConfig(document).Sections
            .Select((section, ordinal) => (section, ordinal))
            .Where(pair => OwnedBy(pair.section) is { } marker && fits(marker))
            .Select(pair => (pair.ordinal, pair.section.Name, MappingMarker.IndexIn(pair.section.Comments))),
    ];

    /// <summary>The marker of a section, where it fits the section's own name.</summary>
    private static MappingMarker? OwnedBy(Section section) =>
        section.Kind is SectionKind.Frontend or SectionKind.Backend
        && MappingMarker.Find(section.Comments) is { } marker
        && MappingRules.IsPort(marker.Port)
        && section.Name == (section.Kind == SectionKind.Frontend ? MappingNames.Frontend(marker.Name, marker.Port) : MappingNames.Backend(marker.Name, marker.Port))
            ? marker
            : null;

    /// <summary>Writes our lines of a section anew.</summary>
    private static ConfigDocument Rewrite(ConfigDocument document, int ordinal, int markerLine, byte[] text)
    {
        var section = document.GetSection(ordinal);
        var (first, count) = MappingExtent.Of(section, markerLine);
        var present = section.Bytes.Span[section.OffsetOfLine(first)..section.OffsetOfLine(first + count)];
        return present.SequenceEqual(text) ? document : document.ReplaceLines(ordinal, first, count, text);
    }

    /// <summary>Removes our lines of a section, and the one blank line before them that came with them.</summary>
    private static ConfigDocument Remove(ConfigDocument document, int ordinal, int markerLine)
    {
        var (first, count) = MappingExtent.Of(document.GetSection(ordinal), markerLine);
        var linesBefore = ordinal == 0 ? 0 : document.GetSection(ordinal - 1).LineCount;
        document = document.ReplaceLines(ordinal, first, count, []);
        if (ordinal == 0 || first > 0)
        {
            return document;
        }

        // What stands behind our lines is the tail of the section before them now, so the blank line is looked for by its place.
        var last = linesBefore - 1;
        return document.GetSection(ordinal - 1)[last].Kind == LineKind.Blank ? document.ReplaceLines(ordinal - 1, last, 1, []) : document;
    }

    private static ConfigDocument Append(ConfigDocument document, IReadOnlyCollection<byte[]> texts, byte[] ending)
    {
        if (texts.Count == 0)
        {
            return document;
        }

        var isEmpty = document.Length == 0;
        var isEnded = isEmpty || document.GetSection(document.SectionCount - 1).Bytes.Span[^1] == (byte)'\n';
        byte[] added = [.. isEnded ? [] : ending, .. texts.SelectMany((text, i) => (byte[])[.. isEmpty && i == 0 ? [] : ending, .. text])];
        return document.ReplaceLines(document.SectionCount, 0, 0, added);
    }
}
