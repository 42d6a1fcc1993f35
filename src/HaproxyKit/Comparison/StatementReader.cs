using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Reads the directives of a section for comparison.</summary>
internal static class StatementReader
{
    internal static List<Statement> Read(SectionSyntax section, LineKeys keys, Func<int, int> contextOfLine)
    {
        var statements = new List<Statement>(section.LineCount);
        for (var i = section.HeaderLine + 1; i < section.LineCount; i++)
        {
            var line = section.LineSpan(i);
            if (LineClassifier.Classify(line, out _) == LineKind.Directive)
            {
                statements.Add(Read(section.Kind, line, i, keys.NumberOf(line, LineKind.Directive), contextOfLine(i)));
            }
        }

        return statements;
    }

    private static Statement Read(SectionKind section, ReadOnlySpan<byte> line, int index, int key, int context)
    {
        var reader = new KeywordReader(line);
        var keyword = reader.Keyword.ToString();
        var hasVariables = reader.Keyword.HasVariables;
        var second = Next(ref reader, ref hasVariables);
        var family = StatementFamilies.Of(keyword, second);
        var identity = new StringBuilder(keyword);
        for (var i = 1; i < family.IdentityWords; i++)
        {
            // No decoded word holds a NUL.
            identity.Append('\0').Append(i == 1 ? second : Next(ref reader, ref hasVariables));
        }

        while (section == SectionKind.Global && !hasVariables && reader.TryReadArgument(out var word))
        {
            hasVariables = word.HasVariables;
        }

        return new Statement
        {
            Line = index,
            Key = key,
            Context = context,
            Keyword = keyword,
            Family = family,
            Identity = identity.ToString(),
            IsOfEnvironment = section == SectionKind.Global
                && (hasVariables || family.Order == StatementFamilies.EnvironmentOrder),
        };
    }

    private static string Next(ref KeywordReader reader, ref bool hasVariables)
    {
        if (!reader.TryReadArgument(out var word))
        {
            return "";
        }

        hasVariables |= word.HasVariables;
        return word.ToString();
    }
}
