using HaproxyKit.Catalog;
using HaproxyKit.Model.Properties;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One line with a keyword: a handle to the line itself, wherever edits move it. Reading and changing go through the
/// same members; a handle
/// whose line was removed throws.
/// </summary>
public class Directive
{
    private Section? _section;

    internal Directive(Section section, int line) => (_section, Line) = (section, line);

    /// <summary>The section in which the line stands.</summary>
    /// <exception cref="InvalidOperationException">The line was removed.</exception>
    public Section Section =>
        _section ?? throw new InvalidOperationException("The directive was removed from its configuration.");

    /// <summary>Whether the line is still there.</summary>
    public bool IsRemoved => _section is null;

    /// <summary>The keyword, decoded: the first word, or the one behind <c>no</c> or <c>default</c>.</summary>
    public string Keyword => new KeywordReader(LineBytes).Keyword.ToString();

    /// <summary>The word before the keyword. Setting it changes that word alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new value is none of the three.</exception>
    /// <exception cref="InvalidOperationException">The line cannot be read, would be no directive any more (as
    /// <c>global</c> without its <c>no</c>), or was removed.</exception>
    public DirectiveModifier Modifier
    {
        get => new KeywordReader(LineBytes).Modifier;
        set
        {
            var word = value switch
            {
                DirectiveModifier.None => [],
                DirectiveModifier.No => "no"u8.ToArray(),
                DirectiveModifier.Default => "default"u8.ToArray(),
                _ => throw new ArgumentOutOfRangeException(nameof(value), value, "There are none, 'no' and 'default'."),
            };
            var line = LineBytes;
            var old = Modifier;
            if (value != old)
            {
                Rewrite(
                    old == DirectiveModifier.None ? LineEditor.InsertWords(line, 0, word)
                    : value == DirectiveModifier.None ? LineEditor.RemoveWords(line, 0, 1)
                    : LineEditor.ReplaceWord(line, 0, word),
                    value);
            }
        }
    }

    /// <summary>The words behind the keyword.</summary>
    public ArgumentList Arguments => new(this);

    /// <summary>
    /// The comment at the end of the line, without its number sign and the blanks around it; null where there is none.
    /// Setting null takes the
    /// comment away, with the blanks before it.
    /// </summary>
    /// <exception cref="ArgumentException">The new comment holds a line ending or another control
    /// character.</exception>
    /// <exception cref="InvalidOperationException">The line cannot be read, or was removed.</exception>
    public string? Comment
    {
        get => LineEditor.CommentOf(LineBytes);
        set
        {
            if (!string.Equals(value, Comment, StringComparison.Ordinal))
            {
                Rewrite(LineEditor.WithComment(LineBytes, value), Modifier);
            }
        }
    }

    /// <summary>The line as written, without its line ending.</summary>
    public string Text => Section.Syntax[Line].ToString();

    /// <summary>
    /// What the line said when it was removed by <see cref="Remove"/>; null while it is there, and when it went with
    /// its
    /// section.
    /// </summary>
    public string? RemovedText { get; private set; }

    /// <summary>What the line names: sections, acls, servers, files of maps, wherever they are said.</summary>
    public IReadOnlyList<Reference> Refers => ReferenceReader.Of(this);

    /// <summary>The line's number in the file, from 1.</summary>
    public int LineNumber => Section.Config.Document.GetPosition(Section.Ordinal).Line + Line;

    /// <summary>
    /// Whether a condition decides if the line counts where its section does: a <c>.if</c> inside the section, or an
    /// <c>.else</c> behind its header.
    /// </summary>
    public bool IsConditional => Section.Conditionals.DepthAt(Line) > 0;

    /// <summary>
    /// The conditions around the line, outermost first; a condition that was opened in an earlier section counts.
    /// </summary>
    public IReadOnlyList<EnclosingCondition> Conditions => Section.Config.Conditions.Around(LineNumber);

    /// <summary>The line's place in its section, kept up to date by the section.</summary>
    internal int Line { get; set; }

    internal int FirstArgument
    {
        get => new KeywordReader(LineBytes).Modifier == DirectiveModifier.None ? 1 : 2;
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
    public void Remove()
    {
        RemovedText = Text;
        Section.ReplaceLines(Line, 1, []);
    }

    /// <summary>
    /// Replaces the whole line, with its comment, by one in HAProxy's own language, and keeps its indentation and
    /// ending. It is the way to mend
    /// a line that HAProxy cannot read.
    /// </summary>
    /// <param name="line">One line. It is language, not a value: never put text from elsewhere into it.</param>
    /// <returns>The directive that stands there now: this one, unless the new keyword has another type.</returns>
    /// <exception cref="ArgumentException">The text is not exactly one directive that HAProxy can read.</exception>
    /// <exception cref="InvalidOperationException">The line was removed.</exception>
    public Directive ReplaceWith(string line)
    {
        var text = DirectiveList.RequireOneDirective(line, nameof(line));
        var old = LineBytes;
        var section = Section;
        section.ReplaceLines(Line, 1, [.. old[..WordReader.SkipSpaces(old, 0)], .. text, .. old[LineScanner.ContentLength(old)..]]);
        return section.Retype(this);
    }

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

    internal void ReplaceWord(int index, ReadOnlySpan<byte> raw) =>
        Rewrite(LineEditor.ReplaceWord(LineBytes, index, raw), Modifier);

    internal void InsertWords(int at, params ReadOnlySpan<byte[]> raw) =>
        Rewrite(LineEditor.InsertWords(LineBytes, at, raw), Modifier);

    internal void RemoveWords(int first, int count) =>
        Rewrite(LineEditor.RemoveWords(LineBytes, first, count), Modifier);

    internal void ReplaceWordsFrom(int first, ReadOnlySpan<byte> words, int wordCount) =>
        Rewrite(LineEditor.ReplaceWordsFrom(LineBytes, first, words, wordCount), Modifier);

    /// <summary>Whether the line may end before a place behind the keyword.</summary>
    internal virtual bool MayEndBefore(int index) => false;

    /// <summary>How many arguments come before the first named word.</summary>
    internal virtual int PositionalCount => WordArity.Positional(Keyword);

    /// <summary>Whether a named word takes the word behind it as its value.</summary>
    internal virtual bool TakesValue(string word) => WordArity.TakesValue(Keyword, word);

    /// <summary>
    /// The place of <c>if</c> or <c>unless</c> among the arguments; their number where there is none.
    /// </summary>
    internal virtual int ConditionStart()
    {
        var (index, named) = (0, PositionalCount);
        foreach (var word in Arguments.Select(argument => argument.Value))
        {
            if (index >= named && word is ("if" or "unless"))
            {
                break;
            }

            named = index >= named && TakesValue(word) ? index + 2 : named;
            index++;
        }

        return index;
    }

    /// <summary>
    /// Adds a named word with its values behind the others, and before the condition where there is one.
    /// </summary>
    internal virtual void AddNamed(params ReadOnlySpan<string> words) =>
        Arguments.Insert(HasCondition ? ConditionStart() : Arguments.Count, words);

    /// <summary>Whether <c>if</c> and <c>unless</c> in the line begin a condition.</summary>
    private protected virtual bool HasCondition => false;

    private protected T? Get<T>(DirectiveProperty<T> property) => property.Get(this);

    private protected void Set<T>(DirectiveProperty<T> property, T? value) => property.Set(this, value);

    internal void Detach() => _section = null;

    internal void MoveTo(Section section, int line) => (_section, Line) = (section, line);

    /// <summary>Puts an edited line in the place of this one, if it is still the directive that it was.</summary>
    private void Rewrite(byte[] line, DirectiveModifier modifier)
    {
        var edited = new KeywordReader(line);
        if (edited.Modifier != modifier
            || LineClassifier.Classify(line, out _) != LineKind.Directive
            || !edited.Keyword.Is(new KeywordReader(LineBytes).Keyword.ToBytes()))
        {
            throw new InvalidOperationException($"The line '{Text}' would become another directive, or none. Replace or remove the whole line.");
        }

        Section.ReplaceLines(Line, 1, line);
    }
}
