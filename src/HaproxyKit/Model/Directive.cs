using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One line with a keyword: a handle to the line itself, wherever edits move it. Reading and changing go through the same members; a handle
/// whose line was removed throws.
/// </summary>
public class Directive
{
    private Section? _section;

    internal Directive(Section section, int line) => (_section, Line) = (section, line);

    /// <summary>The section in which the line stands.</summary>
    /// <exception cref="InvalidOperationException">The line was removed.</exception>
    public Section Section => _section ?? throw new InvalidOperationException("The directive was removed from its configuration.");

    /// <summary>Whether the line is still there.</summary>
    public bool IsRemoved => _section is null;

    /// <summary>The keyword, decoded: the first word, or the one behind <c>no</c> or <c>default</c>.</summary>
    public string Keyword => Word(FirstArgument - 1).Value;

    /// <summary>The word before the keyword. Setting it changes that word alone.</summary>
    /// <exception cref="InvalidOperationException">The line cannot be read, or was removed.</exception>
    public DirectiveModifier Modifier
    {
        get => FirstArgument == 1 ? DirectiveModifier.None : Word(0).Value == "no" ? DirectiveModifier.No : DirectiveModifier.Default;
        set
        {
            if (value == Modifier)
            {
                return;
            }

            if (Modifier != DirectiveModifier.None)
            {
                RemoveWords(0, 1);
            }

            if (value != DirectiveModifier.None)
            {
                InsertWords(0, value == DirectiveModifier.No ? "no"u8.ToArray() : "default"u8.ToArray());
            }
        }
    }

    /// <summary>The words behind the keyword.</summary>
    public ArgumentList Arguments => new(this);

    /// <summary>The comment at the end of the line, without its number sign and the blanks around it; null where there is none.</summary>
    /// <exception cref="ArgumentException">The new comment holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line cannot be read, or was removed.</exception>
    public string? Comment
    {
        get => LineEditor.CommentOf(LineBytes);
        set
        {
            if (!string.Equals(value, Comment, StringComparison.Ordinal))
            {
                Rewrite(LineEditor.WithComment(LineBytes, value));
            }
        }
    }

    /// <summary>The line as written, without its line ending.</summary>
    public string Text => Section.Syntax[Line].ToString();

    /// <summary>The line's number in the file, from 1.</summary>
    public int LineNumber => Section.Config.Document.GetPosition(Section.Ordinal).Line + Line;

    /// <summary>Whether a <c>.if</c> inside the section decides if the line counts.</summary>
    public bool IsConditional => Section.Conditionals.DepthAt(Line) > 0;

    /// <summary>The conditions around the line, outermost first; a condition that was opened in an earlier section counts.</summary>
    public IReadOnlyList<EnclosingCondition> Conditions => EnclosingCondition.Around(Section.Config.Document, LineNumber);

    /// <summary>The line's place in its section, kept up to date by the section.</summary>
    internal int Line { get; set; }

    internal int FirstArgument
    {
        get
        {
            var words = new WordEnumerator(LineBytes);
            words.MoveNext();
            var isModifier = words.Current.Is("no"u8) || words.Current.Is("default"u8);
            return isModifier && words.MoveNext() ? 2 : 1;
        }
    }

    internal int WordCount
    {
        get
        {
            var count = 0;
            foreach (var _ in new WordEnumerator(LineBytes))
            {
                count++;
            }

            return count;
        }
    }

    internal ReadOnlySpan<byte> LineBytes => Section.Syntax.LineSpan(Line);

    /// <summary>Removes the line, with its own comment.</summary>
    /// <exception cref="InvalidOperationException">The line was removed already.</exception>
    public void Remove() => Section.ReplaceLines(Line, 1, []);

    /// <summary>The line as written, without its line ending.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => IsRemoved ? "(removed)" : Text;

    internal WordText Word(int index)
    {
        foreach (var word in new WordEnumerator(LineBytes))
        {
            if (index-- == 0)
            {
                return WordText.Of(word);
            }
        }

        throw new InvalidOperationException("The line has fewer words than it had.");
    }

    internal void ReplaceWord(int index, ReadOnlySpan<byte> raw) => Rewrite(LineEditor.ReplaceWord(LineBytes, index, raw));

    internal void InsertWords(int at, params ReadOnlySpan<byte[]> raw) => Rewrite(LineEditor.InsertWords(LineBytes, at, raw));

    internal void RemoveWords(int first, int count) => Rewrite(LineEditor.RemoveWords(LineBytes, first, count));

    internal void Detach() => _section = null;

    internal void MoveTo(Section section, int line) => (_section, Line) = (section, line);

    private void Rewrite(byte[] line) => Section.ReplaceLines(Line, 1, line);
}
