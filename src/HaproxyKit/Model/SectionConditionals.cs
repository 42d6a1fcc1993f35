using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>How deep each line of a section stands in conditions that were opened inside the section.</summary>
internal sealed class SectionConditionals
{
    private readonly int[] _depths;
    private readonly List<int> _unpaired = [];

    internal SectionConditionals(SectionSyntax section)
    {
        _depths = new int[section.LineCount];
        var open = new Stack<List<int>>();
        for (var i = 0; i < section.LineCount; i++)
        {
            var keyword = DotKeyword(section.LineSpan(i));
            if (keyword == ".if")
            {
                open.Push([i]);
            }
            else if (keyword is ".elif" or ".else" or ".endif")
            {
                Pair(i, keyword == ".endif", open);
            }

            _depths[i] = open.Count;
        }

        _unpaired.AddRange(open.SelectMany(lines => lines));
        _unpaired.Sort();
    }

    /// <summary>The lines of conditions that begin before the section or end behind it: without them other lines would change their meaning.</summary>
    internal IReadOnlyList<int> Unpaired => _unpaired;

    internal int DepthAt(int line) => _depths[line];

    private void Pair(int line, bool closes, Stack<List<int>> open)
    {
        if (open.Count == 0)
        {
            _unpaired.Add(line);
        }
        else if (closes)
        {
            open.Pop();
        }
        else
        {
            open.Peek().Add(line);
        }
    }

    private static string DotKeyword(ReadOnlySpan<byte> line)
    {
        if (LineClassifier.Classify(line, out _) != LineKind.Dot)
        {
            return "";
        }

        var words = new WordEnumerator(line);
        words.MoveNext();
        return words.Current.ToString();
    }
}
