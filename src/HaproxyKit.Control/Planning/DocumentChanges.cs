using System.Buffers;
using System.Collections.Immutable;
using HaproxyKit.Comparison;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>Finds what two documents say differently, at the cost of the sections that differ.</summary>
internal static class DocumentChanges
{
    /// <summary>The changes; the places in them are not those of the documents.</summary>
    internal static IReadOnlyList<ConfigChange> Between(ConfigDocument before, ConfigDocument wanted)
    {
        var differences = SectionDifferences.Between(before, wanted);
        if (!differences.IsInPlace || differences.Before.Any(HasStructure) || differences.Wanted.Any(HasStructure))
        {
            return ConfigDiff.Between(before, wanted);
        }

        // All other sections stand in the same order with the same bytes, and no condition begins or ends in these.
        return differences.Before.IsEmpty ? [] : ConfigDiff.Between(Join(differences.Before), Join(differences.Wanted));
    }

    private static bool HasStructure(SectionSyntax section) => section.Lines.Any(line => line.Kind is LineKind.Dot or LineKind.Scope);

    private static ConfigDocument Join(ImmutableArray<SectionSyntax> sections)
    {
        var text = new ArrayBufferWriter<byte>(sections.Sum(section => section.Length));
        foreach (var section in sections)
        {
            text.Write(section.Bytes.Span);
        }

        return ConfigDocument.Parse(text.WrittenSpan);
    }
}
