using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HaproxyKit.Syntax;

/// <summary>
/// HAProxy's word tokenizer as one state machine over a span (configuration manual, chapter 2.2, where the manual
/// and the program differ: the program). What is done with the bytes is the sink's business: splitting, decoding and
/// expanding are the same reading.
/// </summary>
internal static class WordReader
{
    internal const byte Nul = 0, Tab = 9, Lf = 10, Vt = 11, Ff = 12, Cr = 13, Space = 32;

    private static readonly SearchValues<byte> DoubleQuotedStops = SearchValues.Create("\0\n\r\"\\$"u8);
    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create("\0\n\r'"u8);

    /// <summary>
    /// Reads the word that begins at <paramref name="start"/>; the line may have its line ending or not.
    /// </summary>
    internal static WordShape Read<TSink>(ReadOnlySpan<byte> line, int start, ref TSink sink)
        where TSink : struct, IWordSink, allows ref struct
    {
        var shape = default(WordShape);
        var at = start;
        while (true)
        {
            var plainEnd = EndOfPlainRun(line, at);
            if (plainEnd > at)
            {
                sink.Literal(line[at..plainEnd]);
                at = plainEnd;
            }

            if (at >= line.Length)
            {
                break;
            }

            var c = line[at];
            if (c == '"')
            {
                shape.Traits |= WordTraits.Quoted;
                at = ReadDoubleQuoted(line, at, ref sink, ref shape);
            }
            else if (c == '\'')
            {
                shape.Traits |= WordTraits.Quoted;
                at = ReadSingleQuoted(line, at, ref sink, ref shape);
            }
            else if (c == '\\')
            {
                at = ReadEscape(line, at, inDoubleQuotes: false, ref sink, ref shape);
            }
            else if (EndsWord(c))
            {
                break;
            }
            else
            {
                sink.Literal(line.Slice(at++, 1));
            }
        }

        shape.End = at;
        return shape;
    }

    internal static bool IsBlank(byte c) => c is Space or Tab or Vt or Ff;

    /// <summary>The first byte from a place on that C's isspace() does not take for a blank.</summary>
    internal static int SkipSpaces(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && (IsBlank(line[at]) || line[at] is Cr or Lf))
        {
            at++;
        }

        return at;
    }

    /// <summary>What ends a bare word: a blank, a comment, or the end of what HAProxy reads of the line.</summary>
    private static bool EndsWord(byte c) => c is Space or (>= Tab and <= Cr) or Nul or (byte)'#';

    /// <summary>The end of the run of bytes that can be nothing but a word's own, sixteen at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int EndOfPlainRun(ReadOnlySpan<byte> line, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(line);
        var last = line.Length - Vector128<byte>.Count;
        while (at <= last)
        {
            var stops = StopsAt(ref first, at);
            if (stops != 0)
            {
                return at + BitOperations.TrailingZeroCount(stops);
            }

            at += Vector128<byte>.Count;
        }

        if (last >= 0 && at < line.Length)
        {
            // The last sixteen bytes once more, without those before the place.
            var stops = StopsAt(ref first, last) >> (at - last);
            return stops != 0 ? at + BitOperations.TrailingZeroCount(stops) : line.Length;
        }

        while (at < line.Length && line[at] is > Space and not ((byte)'"' or (byte)'#' or (byte)'\'' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    /// <summary>One bit for each of sixteen bytes that may end a word, or needs more than a look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StopsAt(ref byte first, int at)
    {
        var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
        var stops = Vector128.LessThanOrEqual(bytes, Vector128.Create(Space))
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'#'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\''))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
        return stops.ExtractMostSignificantBits();
    }

    private static int ReadSingleQuoted<TSink>(ReadOnlySpan<byte> line, int quote, ref TSink sink, ref WordShape shape)
        where TSink : struct, IWordSink, allows ref struct
    {
        var at = quote + 1;
        var length = line[at..].IndexOfAny(SingleQuotedStops);
        var end = length < 0 ? line.Length : at + length;
        sink.Literal(line[at..end]);
        if (end < line.Length && line[end] == '\'')
        {
            return end + 1;
        }

        shape.Fault(WordTraits.UnmatchedQuote, quote);
        return end;
    }

    private static int ReadDoubleQuoted<TSink>(ReadOnlySpan<byte> line, int quote, ref TSink sink, ref WordShape shape)
        where TSink : struct, IWordSink, allows ref struct
    {
        var at = quote + 1;
        while (true)
        {
            var length = line[at..].IndexOfAny(DoubleQuotedStops);
            var end = length < 0 ? line.Length : at + length;
            if (end > at)
            {
                sink.Literal(line[at..end]);
                at = end;
            }

            var c = at < line.Length ? line[at] : Nul;
            switch (c)
            {
                case (byte)'"':
                    return at + 1;
                case (byte)'\\':
                    at = ReadEscape(line, at, inDoubleQuotes: true, ref sink, ref shape);
                    break;
                case (byte)'$':
                    at = ReadVariable(line, at, ref sink, ref shape, out var isUnset);
                    if (isUnset && at < line.Length && line[at] == '"')
                    {
                        return SkipSpaces(line, at + 1);
                    }

                    break;
                default:
                    shape.Fault(WordTraits.UnmatchedQuote, quote);
                    return at;
            }
        }
    }

    /// <summary>A backslash outside of single quotes: an escape, or a backslash like any other byte.</summary>
    private static int ReadEscape<TSink>(
        ReadOnlySpan<byte> line, int at, bool inDoubleQuotes, ref TSink sink, ref WordShape shape)
        where TSink : struct, IWordSink, allows ref struct
    {
        var next = at + 1 < line.Length ? line[at + 1] : Nul;
        int value = next switch
        {
            (byte)'\\' or (byte)' ' or (byte)'#' or (byte)'\'' or (byte)'"' => next,
            (byte)'t' => Tab,
            (byte)'n' => Lf,
            (byte)'r' => Cr,
            (byte)'$' when inDoubleQuotes => next,
            _ => -1,
        };
        if (value >= 0)
        {
            shape.Traits |= WordTraits.Escaped;
            sink.Escaped((byte)value);
            return at + 2;
        }

        if (next != 'x')
        {
            sink.Literal(line.Slice(at, 1));
            return at + 1;
        }

        if (at + 3 < line.Length && char.IsAsciiHexDigit((char)line[at + 2]) && char.IsAsciiHexDigit((char)line[at + 3]))
        {
            shape.Traits |= WordTraits.Escaped;
            sink.Escaped((byte)((HexValue(line[at + 2]) << 4) | HexValue(line[at + 3])));
            return at + 4;
        }

        shape.Fault(WordTraits.InvalidHexEscape, at);
        sink.Literal(line.Slice(at, 2));
        return at + 2;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>
    /// <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME-default}</c>, <c>${NAME[*]}</c>; the names <c>.LINE</c> and its kin
    /// too.
    /// </summary>
    private static int ReadVariable<TSink>(
        ReadOnlySpan<byte> line, int dollar, ref TSink sink, ref WordShape shape, out bool isUnset)
        where TSink : struct, IWordSink, allows ref struct
    {
        isUnset = false;
        shape.Traits |= WordTraits.Variable;
        var at = dollar + 1;
        var braced = at < line.Length && line[at] == '{';
        if (braced)
        {
            at++;
        }

        var nameStart = at;
        if (at >= line.Length || !(char.IsAsciiLetter((char)line[at]) || line[at] is (byte)'_' or (byte)'.'))
        {
            shape.Fault(WordTraits.InvalidVariableName, at);
            sink.Literal(line[dollar..at]);
            return at;
        }

        at++;
        while (at < line.Length && (char.IsAsciiLetterOrDigit((char)line[at]) || line[at] == '_'))
        {
            at++;
        }

        var name = line[nameStart..at];
        if (name[0] == '.' && !IsPseudoVariable(name))
        {
            shape.Fault(WordTraits.InvalidVariableName, nameStart);
        }

        if (!braced)
        {
            isUnset = sink.Variable(new VariableReference { Raw = line[dollar..at], Name = name });
            return at;
        }

        var splits = line[at..].StartsWith("[*]"u8);
        if (!splits && at < line.Length && line[at] == '[')
        {
            shape.Fault(WordTraits.UnmatchedBrace, at);
            sink.Literal(line[dollar..at]);
            return at;
        }

        at += splits ? 3 : 0;
        var defaultStart = -1;
        if (at < line.Length && line[at] == '-')
        {
            defaultStart = at + 1;
            var length = line[at..].IndexOfAny((byte)'}', Nul, Lf);
            at = length < 0 ? line.Length : at + length;
        }

        if (at >= line.Length || line[at] != '}')
        {
            shape.Fault(WordTraits.UnmatchedBrace, dollar + 1);
            sink.Literal(line[dollar..at]);
            return at;
        }

        isUnset = sink.Variable(new VariableReference
        {
            Raw = line[dollar..(at + 1)],
            Name = name,
            SplitsWords = splits,
            HasDefault = defaultStart >= 0,
            Default = defaultStart >= 0 ? line[defaultStart..at] : default,
        });
        return at + 1;
    }

    private static bool IsPseudoVariable(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(".LINE"u8) || name.SequenceEqual(".FILE"u8) || name.SequenceEqual(".SECTION"u8);
}
