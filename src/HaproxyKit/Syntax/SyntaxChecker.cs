using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>
/// Walks over the lines of a document and reports what HAProxy's reader itself would object to, before any keyword is looked at.
/// </summary>
/// <param name="path">The file's name, or null.</param>
/// <param name="report">Takes a finding.</param>
internal sealed class SyntaxChecker(string? path, Action<Diagnostic> report)
{
    private readonly ConditionChecker _conditions = new(report);

    internal static ImmutableArray<Diagnostic> Check(ConfigDocument document)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var checker = new SyntaxChecker(document.Path, found.Add);
        var (offset, number) = (0, 0);
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                checker.Check(section, i, ++number, offset);
                offset += section.LineSpan(i).Length;
            }
        }

        checker.Finish();
        return found.ToImmutable();
    }

    /// <summary>Checks the next line.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="index">Its index in the section.</param>
    /// <param name="number">Its number in the document, counted from 1.</param>
    /// <param name="offset">Where it begins in the document.</param>
    internal void Check(SectionSyntax section, int index, int number, int offset)
    {
        var line = section.LineSpan(index);
        var isPlain = LexicalRules.IsPlain(line);
        if (isPlain && offset > 0 && index != section.HeaderLine && StructureRules.IsSound(line, section.Kind))
        {
            return;
        }

        var place = new LinePlace(path, number, offset, section[index], _conditions.IsInBranch);
        LexicalRules.Check(place, report);
        switch (LineClassifier.Classify(line, out var opened))
        {
            case LineKind.Section:
                StructureRules.CheckName(place, opened, report);
                break;
            case LineKind.Directive:
                StructureRules.CheckDirective(place, section.Kind, report);
                break;
            case LineKind.Dot:
                _conditions.Check(place);
                break;
        }
    }

    /// <summary>Checks what is known behind the last line only.</summary>
    internal void Finish() => _conditions.Finish();
}
