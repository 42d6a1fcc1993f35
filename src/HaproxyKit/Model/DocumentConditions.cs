using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// The conditions of a whole document, read once, so that asking for those around each line is not a walk over the file
/// each time.
/// </summary>
internal sealed class DocumentConditions
{
    /// <summary>
    /// The lines at which the open conditions change, and what is open from there on, outermost first.
    /// </summary>
    private readonly List<(int LineNumber, EnclosingCondition[] Open)> _changes = [];

    internal DocumentConditions(ConfigDocument document)
    {
        Document = document;
        var number = 0;
        EnclosingCondition[] open = [];
        foreach (var section in document.Sections)
        {
            if (!section.HasDotLines)
            {
                number += section.LineCount;
                continue;
            }

            for (var i = 0; i < section.LineCount; i++)
            {
                number++;
                var line = section.LineSpan(i);
                if (LineClassifier.Classify(line, out _) == LineKind.Dot && Follow(line, number, open) is var next && next != open)
                {
                    open = next;
                    _changes.Add((number, open));
                }
            }
        }
    }

    /// <summary>The document that was read.</summary>
    internal ConfigDocument Document { get; }

    internal IReadOnlyList<EnclosingCondition> Around(int lineNumber)
    {
        var (from, to) = (0, _changes.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _changes[middle].LineNumber < lineNumber ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? [] : _changes[from - 1].Open;
    }

    private static EnclosingCondition[] Follow(ReadOnlySpan<byte> line, int number, EnclosingCondition[] open)
    {
        var words = new WordEnumerator(line);
        words.MoveNext();
        var keyword = words.Current.ToString();
        if (keyword is not (".if" or ".elif" or ".else" or ".endif"))
        {
            return open;
        }

        var outer = keyword == ".if" || open.Length == 0 ? open : open[..^1];
        if (keyword == ".endif")
        {
            return outer;
        }

        var parts = new List<string>();
        while (words.MoveNext())
        {
            parts.Add(System.Text.Encoding.UTF8.GetString(words.Current.Raw));
        }

        return [.. outer, new EnclosingCondition(keyword, string.Join(' ', parts), number)];
    }
}
