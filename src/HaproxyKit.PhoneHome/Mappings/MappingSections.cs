using System.Runtime.CompilerServices;
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

    /// <summary>For which mapping the text of a section was written: it is not made again while both are the same.</summary>
    private readonly ConditionalWeakTable<SectionSyntax, Writing> _written = [];

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
        foreach (var (_, section) in OwnedSection.In(document))
        {
            if (section.Marker is { Owner: { } owner, Lease: { } lease, Settings: { } settings } marker && !found.ContainsKey(marker.Port))
            {
                var backend = section.BackendName;
                found.Add(marker.Port, new Mapping
                {
                    Name = marker.Name,
                    FrontendPort = marker.Port,
                    Owner = owner,
                    Lease = lease,
                    Settings = settings,
                    IsNamedByPort = section.IsNamedByPort,
                    SendProxy = MappingServers.ReadSendProxy(config, backend),
                    Nodes = MappingServers.ReadNodes(config, backend),
                });
            }
        }

        return [.. found.Values.Where(MappingRules.IsSound)];
    }

    /// <summary>The frontends of mappings without a node, as their markers say: they take no connections, although no directive says so.</summary>
    internal static IReadOnlySet<string> ClosedFrontendsIn(ConfigDocument document) => OwnedSection.In(document)
        .Where(found => found.Section is { Kind: SectionKind.Frontend, Marker.IsClosed: true })
        .Select(found => document.GetSection(found.Ordinal).Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>On the sections of which ports' mappings some lines stand, by their numbers from 1; a line on no such section is left out.</summary>
    internal static IReadOnlyDictionary<int, int> PortsAt(ConfigDocument document, IReadOnlySet<int> lines)
    {
        var found = new Dictionary<int, int>();
        foreach (var (ordinal, section) in lines.Count == 0 ? [] : OwnedSection.In(document))
        {
            var (first, count) = (document.GetPosition(ordinal).Line, document.GetSection(ordinal).LineCount);
            foreach (var line in Enumerable.Range(first, count).Where(lines.Contains))
            {
                found.TryAdd(line, section.Port);
            }
        }

        return found;
    }

    /// <summary>Our lines of each section of a mapping, as text, by the section's name.</summary>
    internal static Dictionary<string, string> OwnLines(ConfigDocument document)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (ordinal, owned) in OwnedSection.In(document))
        {
            var section = document.GetSection(ordinal);
            var (first, count) = MappingExtent.Of(section, owned.MarkerLine);
            found.TryAdd(section.Name, Encoding.Latin1.GetString(section.Bytes.Span[section.OffsetOfLine(first)..section.OffsetOfLine(first + count)]));
        }

        return found;
    }

    /// <summary>How long connections of a mapping's nodes that go may last, and those of servers that are no mapping's.</summary>
    internal TimeSpan DrainTimeOf(Mapping? mapping) => mapping?.Settings.DrainTime ?? options.DrainTime;

    /// <summary>Makes a configuration hold exactly these mappings. A node that stands in it keeps its server.</summary>
    /// <param name="document">The configuration, which stays as it is.</param>
    /// <param name="mappings">All mappings that shall stand in it, at most one of a port.</param>
    /// <returns>The document with their sections written anew where they differ, added where they are missing, and no section of another mapping.</returns>
    public ConfigDocument Apply(ConfigDocument document, IEnumerable<Mapping> mappings) => Apply(document, mappings, static (_, _) => false);

    /// <inheritdoc cref="Apply(ConfigDocument, IEnumerable{Mapping})"/>
    /// <param name="document">The configuration, which stays as it is.</param>
    /// <param name="mappings">All mappings that shall stand in it, at most one of a port.</param>
    /// <param name="isDraining">Tells by backend and name of a server on which sessions of a node that is gone still end, so that others are taken first.</param>
    /// <param name="isUntouched">Tells by port whose sections stay as they are, where they are there; null for none.</param>
    /// <param name="served">Which servers nodes had last, where that may be others than stand there; null where it may not.</param>
    internal ConfigDocument Apply(
        ConfigDocument document, IEnumerable<Mapping> mappings, Func<string, string, bool> isDraining, Func<int, bool>? isUntouched = null,
        ServedSlots? served = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(mappings);

        // A single line that ends in CR alone would end in CR LF with what is added.
        var ending = document.SectionCount > 0 && document.GetSection(0)[0].Bytes.Span.TrimEnd((byte)'\n') is [.., (byte)'\r'] ? "\r\n" : "\n";
        var wanted = mappings.ToDictionary(mapping => mapping.FrontendPort);

        // From the end, so that the places of the sections still to come stay as they are.
        var written = new HashSet<(SectionKind, int)>(2 * wanted.Count);
        foreach (var (ordinal, section) in OwnedSection.In(document).Reverse())
        {
            document = wanted.GetValueOrDefault(section.Port) is { } mapping && section.IsOf(mapping) && written.Add((section.Kind, section.Port))
                ? isUntouched?.Invoke(section.Port) == true ? document : Rewrite(document, ordinal, section, mapping, ending, isDraining, served)
                : Remove(document, ordinal, section.MarkerLine);
        }

        if (written.Count == 2 * wanted.Count)
        {
            return document;
        }

        var missing = wanted.Values
            .SelectMany(mapping => new[] { (Mapping: mapping, Kind: SectionKind.Frontend), (Mapping: mapping, Kind: SectionKind.Backend) })
            .Where(pair => written.Add((pair.Kind, pair.Mapping.FrontendPort)))
            .Select(pair => TextOf(pair.Kind, pair.Mapping, present: null, ending, isDraining, served))
            .ToList();
        return Append(document, missing, Encoding.UTF8.GetBytes(ending));
    }

    private byte[] TextOf(
        SectionKind kind, Mapping mapping, Backend? present, string ending, Func<string, string, bool> isDraining, ServedSlots? served)
    {
        if (kind == SectionKind.Frontend)
        {
            return Encoding.UTF8.GetBytes(_text.Frontend(mapping).ReplaceLineEndings(ending));
        }

        var backend = mapping.BackendName;
        var taken = served?.TakenIn(backend, present) ?? MappingServers.ReadSlots(present);
        var slots = MappingSlot.Assign(
            mapping.Nodes, taken, options.SlotCount, number => isDraining(backend, MappingSlot.NameOf(number)));
        return Encoding.UTF8.GetBytes(_text.Backend(mapping, slots).ReplaceLineEndings(ending));
    }

    /// <summary>Writes our lines of a section anew, unless they were written so.</summary>
    private ConfigDocument Rewrite(
        ConfigDocument document, int ordinal, OwnedSection owned, Mapping mapping, string ending, Func<string, string, bool> isDraining,
        ServedSlots? served)
    {
        var section = document.GetSection(ordinal);
        if (_written.TryGetValue(section, out var known) && known.Ending == ending && known.IsOf(owned.Kind, mapping))
        {
            return document;
        }

        var backend = owned.Kind == SectionKind.Backend ? HandleOf(document, section) : null;
        var text = TextOf(owned.Kind, mapping, backend, ending, isDraining, served);
        document = WithLines(document, ordinal, MappingExtent.Of(section, owned.MarkerLine), text);
        _written.AddOrUpdate(document.GetSection(ordinal), new Writing(mapping, ending));
        return document;
    }

    /// <summary>Puts text in the place of lines. Lines that stay so are not touched: the sections beside them are the same objects then, and known.</summary>
    private static ConfigDocument WithLines(ConfigDocument document, int ordinal, (int First, int Count) lines, ReadOnlySpan<byte> text)
    {
        var section = document.GetSection(ordinal);
        var (first, count) = lines;
        while (count > 0 && StartsWithLine(text, section[first].Bytes.Span))
        {
            text = text[section[first].Bytes.Length..];
            (first, count) = (first + 1, count - 1);
        }

        while (count > 0 && EndsWithLine(text, section[first + count - 1].Bytes.Span))
        {
            count--;
            text = text[..^section[first + count].Bytes.Length];
        }

        return count == 0 && text.IsEmpty ? document : document.ReplaceLines(ordinal, first, count, text);
    }

    private static bool StartsWithLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line) => line is [.., (byte)'\n'] && text.StartsWith(line);

    private static bool EndsWithLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line) =>
        text.EndsWith(line) && (text.Length == line.Length || text[text.Length - line.Length - 1] == (byte)'\n');

    private static Backend HandleOf(ConfigDocument document, SectionSyntax section) =>
        new HaproxyConfig(document).Backends.Named(section.Name).First(backend => ReferenceEquals(backend.Syntax, section));

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

    private static ConfigDocument Append(ConfigDocument document, List<byte[]> texts, byte[] ending)
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

    private sealed record Writing(Mapping Mapping, string Ending)
    {
        /// <summary>Whether the text would be the same for another mapping: a frontend says of its nodes whether there are any.</summary>
        internal bool IsOf(SectionKind kind, Mapping mapping) =>
            ReferenceEquals(Mapping, mapping)
            || (kind == SectionKind.Frontend && Mapping.IsClosed == mapping.IsClosed ? Mapping with { Nodes = mapping.Nodes } : Mapping).Equals(mapping);
    }
}
