using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One word of a directive behind its keyword, known by its place: where words before it come or go, it is another
/// word.
/// </summary>
public sealed class Argument
{
    private readonly Directive _directive;
    private readonly int _index;
    private readonly SectionSyntax? _readFrom;
    private readonly WordText _read;

    internal Argument(Directive directive, int index) => (_directive, _index) = (directive, index);

    internal Argument(Directive directive, int index, SectionSyntax readFrom, WordText read)
        : this(directive, index) => (_readFrom, _read) = (readFrom, read);

    /// <summary>
    /// The word's value: quotes taken off, escapes resolved, references to environment variables as they are written.
    /// Setting it replaces this
    /// word alone, quoted as it needs to be; setting the value that it has changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The directive was removed, or HAProxy cannot read its
    /// line.</exception>
    public string Value
    {
        get => Word.Value;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!string.Equals(value, Value, StringComparison.Ordinal))
            {
                _directive.ReplaceWord(_index, WordWriter.Quote(StrictUtf8.GetBytes(value, nameof(value))));
            }
        }
    }

    /// <summary>The word as written, with quotes and escapes.</summary>
    public string Raw => Word.Raw;

    /// <summary>What the word consists of.</summary>
    public WordTraits Traits => Word.Traits;

    /// <summary>The word's place, in bytes from the start of its line.</summary>
    public TextSpan SpanInLine => Word.Span;

    /// <summary>
    /// What was read when the list was walked, as long as the section is the same; so that walking reads the line once.
    /// </summary>
    private WordText Word => ReferenceEquals(_directive.Section.Syntax, _readFrom) ? _read : _directive.Word(_index);

    /// <summary>The word's value.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
