using System.Buffers;
using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>
/// Writes values so that HAProxy reads back exactly the value: bare where nothing can be misread, else in quotes. What
/// cannot be said on one line is refused, so that no value can end a line or begin another directive (configuration
/// manual, chapter 2.2).
/// </summary>
public static class WordWriter
{
    private static readonly SearchValues<byte> BareBytes = SearchValues.Create(
        [
            .. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,*?(){}|~!^&;<>[]-"u8,
            .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b),
        ]);

    /// <summary>Writes a value as one word.</summary>
    /// <param name="value">The value. UTF-8 is written as it is.</param>
    /// <returns>The word as it stands in a file.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The value is empty, or holds a control character or half of a surrogate pair.
    /// </exception>
    /// <remarks>
    /// This is the first level of quoting. What an argument's own language makes of the value (<c>%</c> in a log
    /// format, <c>,</c> in a sample expression, <c>$</c> in an address) is another.
    /// </remarks>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Encoding.UTF8.GetString(Quote(StrictUtf8.GetBytes(value, nameof(value))));
    }

    /// <summary>Writes a value as one word.</summary>
    /// <param name="value">The value's bytes, valid UTF-8 or not.</param>
    /// <returns>The word as it stands in a file.</returns>
    /// <exception cref="ArgumentException">The value is empty or holds a control character.</exception>
    public static byte[] Quote(ReadOnlySpan<byte> value)
    {
        if (DescribeRefusal(value) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(value));
        }

        if (!value.ContainsAnyExcept(BareBytes))
        {
            return value.ToArray();
        }

        return value.Contains((byte)'\'') ? InDoubleQuotes(value) : [(byte)'\'', .. value, (byte)'\''];
    }

    /// <summary>Whether a value can be written as a word.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Null, or why not, as a sentence.</returns>
    public static string? DescribeRefusal(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return "An empty value cannot be written: HAProxy ends the line there or refuses it.";
        }

        var control = value.IndexOfAnyInRange((byte)0, (byte)31);
        control = control < 0 ? value.IndexOf((byte)127) : control;
        return control < 0
            ? null
            : $"A value must not hold control characters: byte {control} is 0x{value[control]:X2}.";
    }

    private static byte[] InDoubleQuotes(ReadOnlySpan<byte> value)
    {
        var quoted = new ArrayBufferWriter<byte>(value.Length + 8);
        quoted.Write("\""u8);
        foreach (var b in value)
        {
            if (b is (byte)'"' or (byte)'\\' or (byte)'$')
            {
                quoted.Write("\\"u8);
            }

            quoted.Write([b]);
        }

        quoted.Write("\""u8);
        return quoted.WrittenSpan.ToArray();
    }
}
