using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>
/// One section as written: the comments that belong to it, its header and all lines up to the next section. Immutable,
/// a slice of a buffer that it may share with other sections.
/// </summary>
/// <remarks>
/// Comments directly above a header, unindented and without a blank line between, belong to that section; all other
/// lines belong to the section that they follow. The lines before the first section are a section of kind
/// <see cref="SectionKind.None"/>.
/// </remarks>
public sealed class SectionSyntax
{
    private readonly byte[] _buffer;

    /// <summary>
    /// The offsets of the lines in the buffer, shared with other sections; one more than there are lines tells the
    /// end.
    /// </summary>
    private readonly int[] _starts;
    private readonly int _first;
    private readonly int _header;

    /// <summary>What is asked for again and again while a file is edited that mostly stays as it is, found out once.</summary>
    private string? _name;
    private Answer _dotLines;

    internal SectionSyntax(byte[] buffer, int[] starts, int first, int lineCount, int header, SectionKind kind)
    {
        _buffer = buffer;
        _starts = starts;
        _first = first;
        LineCount = lineCount;
        _header = header;
        Kind = kind;
    }

    /// <summary>The kind of section.</summary>
    public SectionKind Kind { get; }

    /// <summary>How many lines the section has.</summary>
    public int LineCount { get; }

    /// <summary>
    /// The index of the header among the section's lines, or -1 for the lines before the first section.
    /// </summary>
    public int HeaderLine => _header;

    /// <summary>The section's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(Offset, Length);

    /// <summary>The number of bytes.</summary>
    public int Length => _starts[_first + LineCount] - Offset;

    /// <summary>The section's name, decoded: the second word of its header; empty where it has none.</summary>
    public string Name => _name ??= ReadName();

    /// <summary>The lines in order.</summary>
    public IEnumerable<ConfigLine> Lines
    {
        get
        {
            for (var i = 0; i < LineCount; i++)
            {
                yield return this[i];
            }
        }
    }

    /// <summary>Whether any line is a conditional or a message: begins with a dot.</summary>
    internal bool HasDotLines
    {
        get
        {
            _dotLines = _dotLines != Answer.Unknown ? _dotLines : FindDotLine() ? Answer.Yes : Answer.No;
            return _dotLines == Answer.Yes;
        }
    }

    private int Offset => _starts[_first];

    /// <summary>One line.</summary>
    /// <param name="index">The line's index in the section, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ConfigLine this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LineCount);
            var start = _starts[_first + index];
            return new ConfigLine(_buffer.AsMemory(start, _starts[_first + index + 1] - start));
        }
    }

    /// <summary>Where a line begins, in bytes from the start of the section.</summary>
    /// <param name="index">The line's index, from 0; the number of lines gives the section's length.</param>
    /// <returns>The offset.</returns>
    public int OffsetOfLine(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, LineCount);
        return _starts[_first + index] - Offset;
    }

    /// <summary>The section as text.</summary>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);

    private string ReadName()
    {
        if (_header < 0)
        {
            return "";
        }

        var words = this[_header].Words;
        return words.MoveNext() && words.MoveNext() && !(Kind == SectionKind.Defaults && words.Current.Is("from"u8))
            ? words.Current.ToString()
            : "";
    }

    private bool FindDotLine()
    {
        for (var i = 0; i < LineCount; i++)
        {
            if (LineClassifier.Classify(LineSpan(i), out _) == LineKind.Dot)
            {
                return true;
            }
        }

        return false;
    }

    internal ReadOnlySpan<byte> LineSpan(int index)
    {
        var start = _starts[_first + index];
        return _buffer.AsSpan(start, _starts[_first + index + 1] - start);
    }

    /// <summary>Reads the words of a line.</summary>
    internal void ReadWords(int index, LineWords words)
    {
        var start = _starts[_first + index];
        words.Read(_buffer, start, _starts[_first + index + 1] - start);
    }

    /// <summary>Whether a line is a comment that a header on the next line would take to itself.</summary>
    internal static bool IsAttachable(ReadOnlySpan<byte> line) => !line.IsEmpty && line[0] == '#';

    /// <summary>How many of the last lines a header that followed would take to itself.</summary>
    internal int CountTrailingComments()
    {
        var count = 0;
        while (count < LineCount - 1 - _header && IsAttachable(LineSpan(LineCount - 1 - count)))
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// A section of the same kind in which some lines are others. Neither the lines taken out nor those put in may
    /// hold a header or stand above it, so that the result is what splitting its text anew would give.
    /// </summary>
    internal SectionSyntax WithLines(int first, int count, ReadOnlySpan<byte> text)
    {
        var added = SectionSplitter.CountLines(text);
        var from = OffsetOfLine(first);
        var to = OffsetOfLine(first + count);
        var buffer = new byte[Length - (to - from) + text.Length];
        var old = Bytes.Span;
        old[..from].CopyTo(buffer);
        text.CopyTo(buffer.AsSpan(from));
        old[to..].CopyTo(buffer.AsSpan(from + text.Length));

        var lineCount = LineCount - count + added;
        var starts = new int[lineCount + 1];
        for (var i = 0; i < first; i++)
        {
            starts[i] = OffsetOfLine(i);
        }

        SectionSplitter.FillStarts(text, from, starts.AsSpan(first, added));
        var moved = text.Length - (to - from);
        for (var i = first + count; i <= LineCount; i++)
        {
            starts[i - count + added] = OffsetOfLine(i) + moved;
        }

        return new SectionSyntax(buffer, starts, 0, lineCount, _header, Kind);
    }

    private enum Answer : byte
    {
        Unknown,
        No,
        Yes,
    }
}
