using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One section of a configuration: a handle to the section itself, wherever edits move it. A handle whose section was
/// removed throws.
/// </summary>
public partial class Section
{
    private HaproxyConfig? _config;
    private List<Directive?>? _lines;
    private SectionConditionals? _conditionals;
    private SectionSyntax? _conditionalsOf;

    internal Section(HaproxyConfig config, int ordinal) => (_config, Ordinal) = (config, ordinal);

    /// <summary>The configuration in which the section stands.</summary>
    /// <exception cref="InvalidOperationException">The section was removed.</exception>
    public HaproxyConfig Config =>
        _config ?? throw new InvalidOperationException("The section was removed from its configuration.");

    /// <summary>Whether the section is still there.</summary>
    public bool IsRemoved => _config is null;

    /// <summary>The kind of section.</summary>
    public SectionKind Kind => Syntax.Kind;

    /// <summary>The section as it is written now: an immutable value.</summary>
    public SectionSyntax Syntax => Config.Document.GetSection(Ordinal);

    /// <summary>
    /// The name, decoded; empty where there is none. Setting it changes the header alone: directives that name this
    /// section keep the old name,
    /// and whether another section has the new name is not looked at.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">The header has no name to change, HAProxy cannot read it, or the
    /// section was removed.</exception>
    public string Name
    {
        get => Syntax.Name;
        set
        {
            var old = Name;
            if (value == old)
            {
                return;
            }

            var name = RequireName(Kind, value, nameof(value));
            if (old.Length == 0)
            {
                throw new InvalidOperationException($"This '{SectionKeywords.KeywordOf(Kind)}' has no name that could be changed.");
            }

            RewriteHeader(LineEditor.ReplaceWord(Syntax.LineSpan(Syntax.HeaderLine), 1, Encoding.ASCII.GetBytes(name)));
        }
    }

    /// <summary>
    /// All directives in order. Comments, blank lines and lines for the preprocessor are not among them.
    /// </summary>
    public DirectiveList Directives => new(this);

    /// <summary>
    /// The comments that belong to the section, directly above its header, without their number signs and the blanks
    /// around them. Setting them
    /// replaces them all; one that is the same in the same place stays as it is written.
    /// </summary>
    /// <exception cref="ArgumentException">A comment holds a line ending or another control character.</exception>
    /// <exception cref="InvalidOperationException">These are the lines before the first section.</exception>
    public IReadOnlyList<string> Comments
    {
        get
        {
            var syntax = Syntax;
            return [.. Enumerable.Range(0, Math.Max(0, syntax.HeaderLine)).Select(i => LineEditor.CommentOf(syntax.LineSpan(i)) ?? "")];
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Kind == SectionKind.None)
            {
                throw new InvalidOperationException("The lines before the first section have no header that comments could stand above.");
            }

            var (old, syntax, ending) = (Comments, Syntax, LineEnding);
            var text = value.SelectMany((comment, i) =>
                i < old.Count && string.Equals(old[i], comment, StringComparison.Ordinal)
                    ? syntax.LineSpan(i).ToArray()
                    : [.. LineEditor.CommentBytes(comment), .. ending]).ToArray();
            if (!syntax.Bytes.Span[..syntax.OffsetOfLine(syntax.HeaderLine)].SequenceEqual(text))
            {
                ReplaceLines(0, syntax.HeaderLine, text);
            }
        }
    }

    /// <summary>The line of the header in the file, from 1; of the first line where there is no header.</summary>
    public int LineNumber => Config.Document.GetPosition(Ordinal).Line + Math.Max(0, Syntax.HeaderLine);

    /// <summary>The place among all sections of the document, kept up to date by the configuration.</summary>
    internal int Ordinal { get; set; }

    internal SectionConditionals Conditionals
    {
        get
        {
            var syntax = Syntax;
            if (_conditionals is null || !ReferenceEquals(_conditionalsOf, syntax))
            {
                (_conditionals, _conditionalsOf) = (new SectionConditionals(syntax), syntax);
            }

            return _conditionals;
        }
    }

    /// <summary>
    /// The line ending in use where the section stands: that of its header, or where it has none, of the line before.
    /// </summary>
    internal byte[] LineEnding
    {
        get
        {
            var syntax = Syntax;
            var line = syntax.LineSpan(Math.Max(0, syntax.HeaderLine));
            if (line[^1] != WordReader.Lf && (syntax.HeaderLine > 0 || Ordinal > 0))
            {
                var before = syntax.HeaderLine > 0 ? syntax : Config.Document.GetSection(Ordinal - 1);
                line = before.LineSpan(syntax.HeaderLine > 0 ? syntax.HeaderLine - 1 : before.LineCount - 1);
            }

            return line.EndsWith("\r\n"u8) ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
        }
    }

    /// <summary>
    /// Removes the section with the comments that belong to it. Lines of a condition that begins before the section or
    /// ends behind it stay,
    /// and so do directives elsewhere that name this section.
    /// </summary>
    /// <exception cref="InvalidOperationException">The section was removed already.</exception>
    public void Remove()
    {
        var syntax = Syntax;
        var kept = Conditionals.Unpaired.SelectMany(line => syntax.LineSpan(line).ToArray()).ToArray();
        ReplaceLines(0, syntax.LineCount, kept);
    }

    /// <summary>The section as written, with the comments that belong to it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsRemoved ? "(removed)" : Syntax.ToString();
}
