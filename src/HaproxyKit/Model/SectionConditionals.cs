using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Which lines of a section stand in conditions, seen from the section's header.</summary>
internal sealed class SectionConditionals
{
    private readonly int[] _depths;
    private readonly List<int> _unpaired = [];

    internal SectionConditionals(SectionSyntax section)
    {
        _depths = new int[section.LineCount];
        var open = new Stack<List<int>>();
        var isOtherBranch = false;
        for (var i = 0; i < section.LineCount; i++)
        {
            var keyword = DotKeyword(section.LineSpan(i));
            if (keyword == ".if")
            {
                open.Push([i]);
            }
            else if (keyword is ".elif" or ".else" or ".endif")
            {
                isOtherBranch = open.Count == 0 ? keyword != ".endif" : isOtherBranch;
                Pair(i, keyword == ".endif", open);
            }

            _depths[i] = open.Count + (isOtherBranch ? 1 : 0);
        }

        _unpaired.AddRange(open.SelectMany(lines => lines));
        _unpaired.Sort();
    }

    /// <summary>
    /// The lines of conditions that begin before the section or end behind it: without them other lines would change
    /// their meaning.
    /// </summary>
    internal IReadOnlyList<int> Unpaired => _unpaired;

    /// <summary>
    /// How many conditions decide about a line where the header counts: those opened inside the section, and the other
    /// branch of one in which
    /// the header stands.
    /// </summary>
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
