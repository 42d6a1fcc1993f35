using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>A branch of a condition in which a line stands (configuration manual, chapter 2.4).</summary>
/// <param name="Keyword"><c>.if</c>, <c>.elif</c> or <c>.else</c>.</param>
/// <param name="Expression">The condition as written, without the keyword; empty for <c>.else</c>.</param>
/// <param name="LineNumber">The line of the keyword in the file, from 1.</param>
public sealed record EnclosingCondition(string Keyword, string Expression, int LineNumber)
{
    internal static IReadOnlyList<EnclosingCondition> Around(ConfigDocument document, int lineNumber)
    {
        var open = new Stack<EnclosingCondition>();
        var number = 0;
        foreach (var line in document.Sections.SelectMany(section => section.Lines).TakeWhile(_ => ++number < lineNumber))
        {
            Follow(line, number, open);
        }

        return [.. open.Reverse()];
    }

    private static void Follow(ConfigLine line, int number, Stack<EnclosingCondition> open)
    {
        if (line.Kind != LineKind.Dot)
        {
            return;
        }

        var words = line.Words;
        words.MoveNext();
        var keyword = words.Current.ToString();
        if (keyword is ".elif" or ".else" or ".endif")
        {
            open.TryPop(out _);
        }

        if (keyword is ".if" or ".elif" or ".else")
        {
            var parts = new List<string>();
            while (words.MoveNext())
            {
                parts.Add(words.Current.ToString());
            }

            open.Push(new EnclosingCondition(keyword, string.Join(' ', parts), number));
        }
    }
}
