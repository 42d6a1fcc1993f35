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
        var words = new LineWords();
        var (offset, number) = (0, 0);
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                section.ReadWords(i, words);
                checker.Check(section, i, words, ++number, offset);
                offset += words.Line.Length;
            }
        }

        checker.Finish();
        return found.ToImmutable();
    }

    /// <summary>Checks the next line.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="index">Its index in the section.</param>
    /// <param name="words">Its words.</param>
    /// <param name="number">Its number in the document, counted from 1.</param>
    /// <param name="offset">Where it begins in the document.</param>
    internal void Check(SectionSyntax section, int index, LineWords words, int number, int offset)
    {
        // A glance shows of most lines that nothing can be wrong; the first one may begin with a byte order mark.
        if (offset > 0 && LexicalRules.IsSound(words) && StructureRules.IsSound(words, section.Kind, index == section.HeaderLine))
        {
            return;
        }

        var place = new LinePlace(path, number, offset, section[index], _conditions.IsInBranch);
        LexicalRules.Check(place, report);
        switch (LineClassifier.Classify(words.Line, out var opened))
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
