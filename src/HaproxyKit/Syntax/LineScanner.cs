using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>
/// Cuts one line into its pieces, end to end: blanks, words, a comment, what HAProxy does not read, the line ending.
/// The pieces cover the line, so that writing them one after another gives the line back.
/// </summary>
public ref struct LineScanner
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly int _contentEnd;
    private int _next;
    private WordShape _shape;
    private bool _hasContent;
    private bool _isCut;

    /// <summary>Begins at the start of a line.</summary>
    /// <param name="line">One line with or without its line ending.</param>
    public LineScanner(ReadOnlySpan<byte> line)
    {
        _line = line;
        _contentEnd = ContentLength(line);
    }

    /// <summary>The kind of the current piece.</summary>
    public LineTokenKind Kind { get; private set; }

    /// <summary>Where the current piece begins, in bytes from the start of the line.</summary>
    public int Start { get; private set; }

    /// <summary>How long the current piece is, in bytes.</summary>
    public readonly int Length => _next - Start;

    /// <summary>What the current word consists of; none for other pieces.</summary>
    public readonly WordTraits Traits => _shape.Traits;

    /// <summary>The current piece's place in the line.</summary>
    public readonly TextSpan Span => new(Start, Length);

    /// <summary>
    /// The place of the current word's first fault, in bytes from the start of the line; -1 without a fault.
    /// </summary>
    public readonly int FaultAt => Fault == WordTraits.None ? -1 : _shape.FaultAt;

    /// <summary>The current word's first fault, the one that HAProxy tells.</summary>
    internal readonly WordTraits Fault => _shape.FirstFault;

    /// <summary>The current piece as a word.</summary>
    internal readonly Word Word => new(_line.Slice(Start, Length), Start, Traits);

    /// <summary>The length of a line without its LF or CR LF.</summary>
    internal static int ContentLength(ReadOnlySpan<byte> line)
    {
        var end = line.Length;
        if (end > 0 && line[end - 1] == WordReader.Lf)
        {
            end--;
            if (end > 0 && line[end - 1] == WordReader.Cr)
            {
                end--;
            }
        }

        return end;
    }

    /// <summary>Goes to the next piece.</summary>
    /// <returns>False at the end of the line.</returns>
    public bool MoveNext()
    {
        Start = _next;
        _shape = default;
        if (_next >= _contentEnd)
        {
            Kind = LineTokenKind.LineEnd;
            _next = _line.Length;
            return _next > Start;
        }

        var c = _line[_next];
        if (_isCut || c is WordReader.Nul or WordReader.Lf || (c == WordReader.Cr && EndsLine()))
        {
            Kind = LineTokenKind.Ignored;
            _next = _contentEnd;
        }
        else if (WordReader.IsBlank(c) || c == WordReader.Cr)
        {
            Kind = LineTokenKind.Blank;
            SkipBlanks();
            return true;
        }
        else if (c == '#')
        {
            Kind = LineTokenKind.Comment;
            _next = _contentEnd;
        }
        else if (c == '[' && !_hasContent)
        {
            ScanScope();
        }
        else
        {
            ScanWord();
        }

        _hasContent = true;
        return true;
    }

    /// <summary>Goes to the next word, over whatever lies between.</summary>
    internal bool MoveToWord()
    {
        if (TryMoveToPlainWord())
        {
            return true;
        }

        while (MoveNext())
        {
            if (Kind == LineTokenKind.Word)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The quick way to most words: blanks, plain bytes, and a blank or the end. Leaves all as it is when the next
    /// word is not of that kind.
    /// </summary>
    private bool TryMoveToPlainWord()
    {
        var content = _line[.._contentEnd];
        var at = _next;
        while (at < content.Length && content[at] is WordReader.Space or WordReader.Tab)
        {
            at++;
        }

        var end = WordReader.EndOfPlainRun(content, at);
        if (_isCut || end == at || (!_hasContent && content[at] == '['))
        {
            return false;
        }

        if (end < content.Length && content[end] is not (WordReader.Space or WordReader.Tab))
        {
            return false;
        }

        Start = at;
        Kind = LineTokenKind.Word;
        _shape = default;
        _next = end;
        _hasContent = true;
        return true;
    }

    /// <summary>
    /// A CR is one more blank at the start of a line and behind a blank, and ends the line behind a word.
    /// </summary>
    private readonly bool EndsLine() => Start > 0 && Kind != LineTokenKind.Blank;

    private void SkipBlanks()
    {
        do
        {
            _next++;
        }
        while (_next < _contentEnd && (WordReader.IsBlank(_line[_next]) || _line[_next] == WordReader.Cr));
    }

    private void ScanWord()
    {
        Kind = LineTokenKind.Word;
        var sink = default(SkippingSink);
        _shape = WordReader.Read(_line[.._contentEnd], Start, ref sink);
        _next = _shape.End;
        // An open quote runs up to a CR or NUL at most; behind it nothing is read.
        _isCut = (_shape.Traits & WordTraits.UnmatchedQuote) != 0;
    }

    /// <summary>
    /// A line that begins with <c>[</c> is never split into words: it is a scope; behind it only a comment may stand.
    /// </summary>
    private void ScanScope()
    {
        Kind = LineTokenKind.Scope;
        var close = _line[Start.._contentEnd].IndexOfAny("]#\0"u8);
        _next = close < 0 ? _contentEnd : Start + close + (_line[Start + close] == ']' ? 1 : 0);
        _isCut = IsFollowedByText(_line[_next.._contentEnd]);
    }

    /// <summary>Whether anything but blanks and a comment stands behind a scope.</summary>
    internal static bool IsFollowedByText(ReadOnlySpan<byte> rest)
    {
        var text = WordReader.SkipSpaces(rest, 0);
        return text < rest.Length && rest[text] is not ((byte)'#' or WordReader.Nul);
    }
}
