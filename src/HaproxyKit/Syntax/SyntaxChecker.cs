using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>
/// Walks over a document once and reports what HAProxy's reader itself would object to, before any keyword is looked
/// at.
/// </summary>
internal static class SyntaxChecker
{
    internal static ImmutableArray<Diagnostic> Check(ConfigDocument document)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var conditions = new ConditionChecker(found);
        var (offset, number) = (0, 0);
        foreach (var section in document.Sections)
        {
            foreach (var line in section.Lines)
            {
                number++;
                var place = new LinePlace(document.Path, number, offset, line, conditions.IsInBranch);
                LexicalRules.Check(place, found);
                var kind = LineClassifier.Classify(line.Bytes.Span, out var opened);
                if (kind == LineKind.Section)
                {
                    StructureRules.CheckName(place, opened, found);
                }
                else if (kind == LineKind.Directive)
                {
                    StructureRules.CheckDirective(place, section.Kind, found);
                }
                else if (kind == LineKind.Dot)
                {
                    conditions.Check(place);
                }

                offset += line.Bytes.Length;
            }
        }

        conditions.Finish();
        return found.ToImmutable();
    }
}
