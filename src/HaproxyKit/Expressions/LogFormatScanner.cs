using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>
/// Walks a log format without allocating (configuration manual, chapter 8.2, custom log format). It knows the syntax and no names: for
/// the aliases see <see cref="LogFormatAliases"/>, and a sample expression is to be walked by a <see cref="SampleExpressionScanner"/>.
/// </summary>
/// <remarks>
/// <code>
/// format = { text | "%%" | "%" [ "(" [ name ] [ ":" type ] ")" ] [ "{" flags "}" ] ( alias | "[" expression "]" ) }
/// </code>
/// </remarks>
public ref struct LogFormatScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _takesNames;
    private int _next;
    private bool _isOver;

    /// <summary>Begins before the first part.</summary>
    /// <param name="text">The word's value.</param>
    /// <param name="takesNames">
    /// True for HAProxy 3.0 and newer, which read <c>%(name)ci</c> and <c>%(name:type)ci</c>; 2.x read the same as text.
    /// </param>
    public LogFormatScanner(ReadOnlySpan<byte> text, bool takesNames = true)
    {
        _text = text;
        _takesNames = takesNames;
        if (text.IndexOf((byte)0) is >= 0 and var nul)
        {
            Fail(ExpressionErrorKind.NulByte, nul);
        }
    }

    /// <summary>What the part is.</summary>
    public LogFormatPartKind Kind { get; private set; }

    /// <summary>The whole part as it stands.</summary>
    public TextSpan Span { get; private set; }

    /// <summary>The item's name in <c>%(name)</c>; empty without one.</summary>
    public TextSpan ItemName { get; private set; }

    /// <summary>The item's type in <c>%(name:type)</c>; empty without one.</summary>
    public TextSpan ItemType { get; private set; }

    /// <summary>What stands between the braces; empty without them. HAProxy ignores what it does not know there.</summary>
    public TextSpan Flags { get; private set; }

    /// <summary>The alias, or the expression between the brackets; the text itself where the part is text.</summary>
    public TextSpan Content { get; private set; }

    /// <summary>What ended the walk too early; no error while it goes on and where the format is right.</summary>
    public ExpressionError Error { get; private set; }

    /// <summary>Goes to the next part.</summary>
    /// <returns>False at the end, and at an <see cref="Error"/>.</returns>
    public bool MoveNext()
    {
        if (_isOver || _next == _text.Length)
        {
            _isOver = true;
            return false;
        }

        (ItemName, ItemType, Flags) = (default, default, default);
        var start = _next;
        if (_text[start] == '%')
        {
            return ReadItem(start) && Take(start);
        }

        var percent = _text[start..].IndexOf((byte)'%');
        _next = percent < 0 ? _text.Length : start + percent;
        return TakeContent(LogFormatPartKind.Text, start, _next) && Take(start);
    }

    private bool ReadItem(int start)
    {
        _next = start + 1;
        if (_takesNames && At('(') && !ReadName())
        {
            return false;
        }

        if (_next == _text.Length)
        {
            return Fail(ExpressionErrorKind.MissingItem, _next);
        }

        switch (_text[_next])
        {
            case (byte)'{':
                return ReadFlags() && ReadAliasOrExpression(ExpressionErrorKind.MissingItemAfterFlags);
            case (byte)'%':
                _next++;
                return TakeContent(LogFormatPartKind.Percent, _next - 1, _next);
            case (byte)' ' or (byte)'\t' or (>= (byte)'0' and <= (byte)'9'):
                return Fail(ExpressionErrorKind.InvalidItem, _next);
            case (byte)'[':
                return ReadAliasOrExpression(ExpressionErrorKind.None);
            default:
                return char.IsAsciiLetter((char)_text[_next])
                    ? ReadAliasOrExpression(ExpressionErrorKind.None)
                    : TakeContent(LogFormatPartKind.DroppedPercent, _next, _next);
        }
    }

    private bool ReadName()
    {
        _next++;
        var length = ExpressionBytes.RunOf(_text[_next..], ExpressionBytes.ItemNames);
        ItemName = new TextSpan(_next, length);
        _next += length;
        if (At(':'))
        {
            _next++;
            length = ExpressionBytes.RunOf(_text[_next..], ExpressionBytes.ItemNames);
            ItemType = new TextSpan(_next, length);
            _next += length;
        }

        if (!At(')'))
        {
            return Fail(ExpressionErrorKind.InvalidItemName, _next);
        }

        if (_text[_next - 1] == ':' || (ItemType.Length > 0 && !IsType(_text.Slice(ItemType.Start, ItemType.Length))))
        {
            return Fail(ExpressionErrorKind.InvalidItemType, ItemType.Start);
        }

        _next++;
        return true;
    }

    private static bool IsType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("str"u8) || type.SequenceEqual("sint"u8) || type.SequenceEqual("bool"u8) || type.SequenceEqual("raw"u8);

    private bool ReadFlags()
    {
        var length = _text[_next..].IndexOf((byte)'}');
        if (length < 0)
        {
            return Fail(ExpressionErrorKind.UnclosedFlags, _text.Length);
        }

        Flags = new TextSpan(_next + 1, length - 1);
        _next += length + 1;
        return true;
    }

    private bool ReadAliasOrExpression(ExpressionErrorKind missing)
    {
        if (At('['))
        {
            return ReadExpression();
        }

        // Behind flags HAProxy would read a digit as well, but no alias begins with one.
        var length = ExpressionBytes.RunOf(_text[_next..], ExpressionBytes.LettersAndDigits);
        if (length == 0 || char.IsAsciiDigit((char)_text[_next]))
        {
            return Fail(missing, _next);
        }

        _next += length;
        return TakeContent(LogFormatPartKind.Alias, _next - length, _next);
    }

    private bool ReadExpression()
    {
        var scanner = new SampleExpressionScanner(_text, _next + 1, endsAtBracket: true);
        while (scanner.MoveNext())
        {
        }

        if (scanner.Error.IsError)
        {
            return Fail(scanner.Error.Kind, scanner.Error.Position);
        }

        var start = _next + 1;
        _next = scanner.End + 1;
        return TakeContent(LogFormatPartKind.Expression, start, scanner.End);
    }

    private readonly bool At(char sign) => _next < _text.Length && _text[_next] == sign;

    private bool TakeContent(LogFormatPartKind kind, int start, int end)
    {
        (Kind, Content) = (kind, TextSpan.Between(start, end));
        return true;
    }

    private bool Take(int start)
    {
        Span = TextSpan.Between(start, _next);
        return true;
    }

    private bool Fail(ExpressionErrorKind kind, int position)
    {
        Error = new ExpressionError(kind, position);
        _isOver = true;
        return false;
    }
}
