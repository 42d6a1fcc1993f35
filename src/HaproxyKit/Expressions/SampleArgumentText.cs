using System.Buffers;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>
/// Writes and reads a value as one argument of a sample fetch or a converter: the second level of quoting, inside that of the word
/// (configuration manual, chapter 2.2).
/// </summary>
public static class SampleArgumentText
{
    private static readonly SearchValues<byte> QuotedBytes = SearchValues.Create("\"'\\,) \t\r\n"u8);
    private static readonly SearchValues<byte> SingleQuoteBreakers = SearchValues.Create("'\t\r\n"u8);

    /// <summary>
    /// Writes a value so that HAProxy reads it as one argument with exactly this value: in quotes where it holds a comma, a parenthesis,
    /// a blank, a quote, a backslash, or nothing.
    /// </summary>
    /// <param name="value">The value. A tab, CR and LF are written as escapes; other control characters stand as they are.</param>
    /// <returns>The argument as it stands between <c>(</c>, <c>,</c> and <c>)</c>, before the word is quoted.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a NUL or half of a surrogate pair.</exception>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Encoding.UTF8.GetString(Escape(StrictUtf8.GetBytes(value, nameof(value))));
    }

    /// <summary>Writes a value as one argument, see <see cref="Escape(string)"/>.</summary>
    /// <param name="value">The value's bytes.</param>
    /// <returns>The argument as it stands between <c>(</c>, <c>,</c> and <c>)</c>, before the word is quoted.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a NUL.</exception>
    public static byte[] Escape(ReadOnlySpan<byte> value)
    {
        if (DescribeRefusal(value) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(value));
        }

        if (value.IsEmpty || !value.ContainsAny(QuotedBytes))
        {
            return value.IsEmpty ? "\"\""u8.ToArray() : value.ToArray();
        }

        return value.ContainsAny(SingleQuoteBreakers) ? InDoubleQuotes(value) : [(byte)'\'', .. value, (byte)'\''];
    }

    /// <summary>Whether a value can be written as an argument.</summary>
    /// <param name="value">The value's bytes.</param>
    /// <returns>Null, or why not, as a sentence.</returns>
    public static string? DescribeRefusal(ReadOnlySpan<byte> value) =>
        value.IndexOf((byte)0) is >= 0 and var nul ? $"An argument must not hold a NUL: byte {nul} is one." : null;

    /// <summary>Reads the value of an argument: quotes taken off, escapes resolved.</summary>
    /// <param name="written">The argument as it stands, as a scanner or a tree delimits it.</param>
    /// <param name="destination">At least as long as <paramref name="written"/>.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Decode(ReadOnlySpan<byte> written, Span<byte> destination)
    {
        var (length, quote) = (0, (byte)0);
        for (var i = 0; i < written.Length; i++)
        {
            var b = written[i];
            if (b is (byte)'"' or (byte)'\'' && (quote == 0 || quote == b))
            {
                quote = quote == 0 ? b : (byte)0;
                continue;
            }

            if (b == '\\' && quote != '\'' && i + 1 < written.Length && Unescaped(written[i + 1]) is not 0 and var escaped)
            {
                (b, i) = (escaped, i + 1);
            }

            if (length == destination.Length)
            {
                throw new ArgumentException("The destination is shorter than the argument.", nameof(destination));
            }

            destination[length++] = b;
        }

        return length;
    }

    /// <summary>Reads the value of an argument, see <see cref="Decode(ReadOnlySpan{byte}, Span{byte})"/>.</summary>
    /// <param name="written">The argument as it stands.</param>
    /// <returns>The value; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public static string Decode(ReadOnlySpan<byte> written)
    {
        if (IsPlain(written))
        {
            return Encoding.UTF8.GetString(written);
        }

        var rented = ArrayPool<byte>.Shared.Rent(written.Length);
        var text = Encoding.UTF8.GetString(rented.AsSpan(0, Decode(written, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>Whether an argument's bytes are its value, so that nothing needs decoding.</summary>
    /// <param name="written">The argument as it stands.</param>
    /// <returns>True where it holds neither a quote nor a backslash.</returns>
    public static bool IsPlain(ReadOnlySpan<byte> written) => !written.ContainsAny("\"'\\"u8);

    private static byte Unescaped(byte b) => b switch
    {
        (byte)'\\' or (byte)' ' or (byte)'"' or (byte)'\'' => b,
        (byte)'r' => (byte)'\r',
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };

    private static byte[] InDoubleQuotes(ReadOnlySpan<byte> value)
    {
        var quoted = new ArrayBufferWriter<byte>(value.Length + 8);
        quoted.Write("\""u8);
        foreach (var b in value)
        {
            quoted.Write(b switch
            {
                (byte)'"' => "\\\""u8,
                (byte)'\\' => "\\\\"u8,
                (byte)'\r' => "\\r"u8,
                (byte)'\n' => "\\n"u8,
                (byte)'\t' => "\\t"u8,
                _ => [b],
            });
        }

        quoted.Write("\""u8);
        return quoted.WrittenSpan.ToArray();
    }
}
