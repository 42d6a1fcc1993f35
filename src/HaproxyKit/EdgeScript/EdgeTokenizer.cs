using System.Buffers;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>Walks over a script once, token by token. Every byte is a blank or belongs to exactly one token.</summary>
internal ref struct EdgeTokenizer(ReadOnlySpan<byte> text)
{
    private const int ByteOrderMarkLength = 3;

    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n{},#"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = text.StartsWith("\uFEFF"u8) ? ByteOrderMarkLength : 0;

    internal EdgeToken Next()
    {
        // A CR is a blank: before LF it is half of a line ending, elsewhere it separates words and nothing else.
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            _at++;
        }

        if (_at == _text.Length)
        {
            return new EdgeToken(EdgeTokenKind.TextEnd, new TextSpan(_at, 0));
        }

        var start = _at;
        var kind = _text[_at] switch
        {
            (byte)',' => EdgeTokenKind.Comma,
            (byte)'{' => EdgeTokenKind.OpenBrace,
            (byte)'}' => EdgeTokenKind.CloseBrace,
            (byte)'#' => EdgeTokenKind.Comment,
            (byte)'\n' => EdgeTokenKind.LineEnd,
            _ => EdgeTokenKind.Word,
        };
        _at = kind switch
        {
            EdgeTokenKind.Word => EndOf(_text[_at..].IndexOfAny(WordEnds)),
            EdgeTokenKind.Comment => EndOf(_text[_at..].IndexOf((byte)'\n')),
            _ => _at + 1,
        };
        return new EdgeToken(kind, TextSpan.Between(start, _at));
    }

    private readonly int EndOf(int length) => length < 0 ? _text.Length : _at + length;
}
