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
    private int _faultAt;
    private bool _isCut;

    /// <summary>Begins at the start of a line.</summary>
    /// <param name="line">One line with or without its line ending.</param>
    public LineScanner(ReadOnlySpan<byte> line)
    {
        _line = line;
        _contentEnd = ContentLength(line);
        _faultAt = -1;
    }

    /// <summary>The kind of the current piece.</summary>
    public LineTokenKind Kind { get; private set; }

    /// <summary>Where the current piece begins, in bytes from the start of the line.</summary>
    public int Start { get; private set; }

    /// <summary>How long the current piece is, in bytes.</summary>
    public readonly int Length => _next - Start;

    /// <summary>What the current word consists of; none for other pieces.</summary>
    public WordTraits Traits { get; private set; }

    /// <summary>The current piece's place in the line.</summary>
    public readonly TextSpan Span => new(Start, Length);

    /// <summary>The place of the current word's first fault, in bytes from the start of the line; -1 without a fault.</summary>
    public readonly int FaultAt => _faultAt;

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
        Traits = WordTraits.None;
        _faultAt = -1;
        if (_next >= _contentEnd)
        {
            Kind = LineTokenKind.LineEnd;
            _next = _line.Length;
            return _next > Start;
        }

        var c = _line[_next];
        if (_isCut || c == WordReader.Nul || (c == WordReader.Cr && Start > 0 && !AfterBlank()))
        {
            Kind = LineTokenKind.Ignored;
            _next = _contentEnd;
        }
        else if (WordReader.IsBlank(c) || c is WordReader.Cr)
        {
            Kind = LineTokenKind.Blank;
            SkipBlanks();
        }
        else if (c == '#')
        {
            Kind = LineTokenKind.Comment;
            _next = _contentEnd;
        }
        else if (c == '[' && IsFirstOnLine())
        {
            ScanScope();
        }
        else
        {
            ScanWord();
        }

        return true;
    }

    /// <summary>Goes to the next word, over whatever lies between.</summary>
    internal bool MoveToWord()
    {
        while (MoveNext())
        {
            if (Kind == LineTokenKind.Word)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A CR is one more blank behind a blank, and ends the line behind a word.</summary>
    private readonly bool AfterBlank() => Kind == LineTokenKind.Blank;

    private readonly bool IsFirstOnLine() => Start == 0 || (Kind == LineTokenKind.Blank && !_line[..Start].ContainsAnyExcept(" \t\v\f\r"u8));

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
        var shape = WordReader.Read(_line[.._contentEnd], Start, ref sink);
        Traits = shape.Traits;
        _faultAt = (shape.Traits & WordTraits.Faulty) != 0 ? shape.FaultAt : -1;
        _next = shape.End;
        // An open quote runs up to a CR or NUL at most; behind it nothing is read.
        _isCut = (shape.Traits & WordTraits.UnmatchedQuote) != 0;
    }

    /// <summary>A line that begins with <c>[</c> is never split into words: it is a scope, and what follows is not read.</summary>
    private void ScanScope()
    {
        Kind = LineTokenKind.Scope;
        var close = _line[Start.._contentEnd].IndexOfAny("]#"u8);
        _next = close < 0 ? _contentEnd : Start + close + (_line[Start + close] == ']' ? 1 : 0);
        _isCut = HasMoreThanComment(_line[_next.._contentEnd]);
    }

    private static bool HasMoreThanComment(ReadOnlySpan<byte> rest)
    {
        var text = rest.IndexOfAnyExcept(" \t\v\f\r"u8);
        return text >= 0 && rest[text] != '#';
    }
}
