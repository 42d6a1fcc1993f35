using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Finds what lines name, and the lines that name something.</summary>
internal static class ReferenceReader
{
    private const string Ring = "ring@";

    /// <summary>All that a line names.</summary>
    internal static List<Reference> Of(Directive directive)
    {
        var found = new List<Reference>();
        var words = new List<(byte[] Value, bool HasVariables)>();
        foreach (var word in new WordEnumerator(directive.LineBytes))
        {
            words.Add((word.ToBytes(), word.HasVariables));
        }

        foreach (var slot in LineSlots.Read(directive.Section.Kind, directive.LineBytes))
        {
            var (value, hasVariables) = words[slot.Word];
            var bytes = value.AsSpan(slot.Start, slot.Length);
            var text = slot.Nesting is SlotNesting.Sample or SlotNesting.SampleInLogFormat ? SampleArgumentText.Decode(bytes) : Encoding.UTF8.GetString(bytes);
            foreach (var (kind, name, at) in Names(slot.Kind, text))
            {
                // Inside a quoted argument the name does not stand where its text begins.
                var place = text.Length == bytes.Length ? slot with { Start = slot.Start + at, Length = Encoding.UTF8.GetByteCount(name) } : slot;
                var isDynamic = hasVariables || name.Contains("%[", StringComparison.Ordinal) || text.Length != bytes.Length;
                found.Add(new Reference(directive.Section, directive, kind, name, place, isDynamic));
            }
        }

        return found;
    }

    /// <summary>What a header names behind <c>from</c>.</summary>
    internal static Reference? OfHeader(Section section) =>
        section is ProxySection { From: { } from }
            ? new Reference(section, directive: null, ValueKind.DefaultsName, from, default, isDynamic: false)
            : null;

    /// <summary>All places of some files that name something of a name, and those that may at run time.</summary>
    internal static List<Reference> To(IEnumerable<Section> sections, string name, Func<Reference, bool> isMeant)
    {
        var found = new List<Reference>();
        var bytes = Encoding.UTF8.GetBytes(name);
        foreach (var section in sections)
        {
            if (OfHeader(section) is { } header && header.Name == name && isMeant(header))
            {
                found.Add(header);
            }

            var syntax = section.Syntax;
            for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
            {
                var line = syntax.LineSpan(i);
                if ((line.IndexOf(bytes) >= 0 || line.ContainsAny("\"'\\"u8) || line.IndexOf("%["u8) >= 0) && LineClassifier.Classify(line, out _) == LineKind.Directive)
                {
                    found.AddRange(Of(section.GetDirective(i)).Where(reference => (reference.IsDynamic || reference.Name == name) && isMeant(reference)));
                }
            }
        }

        return found;
    }

    private static IEnumerable<(ValueKind Kind, string Name, int Start)> Names(ValueKind kind, string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (kind == ValueKind.LogAddress && text.StartsWith(Ring, StringComparison.Ordinal))
        {
            yield return (ValueKind.RingName, text[Ring.Length..], Ring.Length);
        }
        else if (kind == ValueKind.ServerName && slash > 0)
        {
            yield return (ValueKind.BackendName, text[..slash], 0);
            yield return (ValueKind.ServerName, text[(slash + 1)..], slash + 1);
        }
        else if (kind == ValueKind.TrackTable && slash > 0)
        {
            yield return (ValueKind.PeersName, text[..slash], 0);
        }
        else if (ReferenceKinds.IsReference(kind))
        {
            yield return (kind, text, 0);
        }
    }
}
