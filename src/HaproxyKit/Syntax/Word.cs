using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>One word of a line, as it is written and as HAProxy reads it (configuration manual, chapter 2.2).</summary>
public readonly ref struct Word
{
    internal Word(ReadOnlySpan<byte> raw, int start, WordTraits traits)
    {
        Raw = raw;
        Start = start;
        Traits = traits;
    }

    /// <summary>The bytes as written, with quotes and escapes.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Where the word begins, in bytes from the start of the line.</summary>
    public int Start { get; }

    /// <summary>What the word consists of.</summary>
    public WordTraits Traits { get; }

    /// <summary>The word's place, in bytes from the start of the line.</summary>
    public TextSpan Span => new(Start, Raw.Length);

    /// <summary>Whether the word's bytes are its value, so that nothing needs decoding.</summary>
    public bool IsPlain => IsPlainWith(Traits);

    /// <summary>
    /// Whether the word refers to an environment variable, so that its value depends on where HAProxy runs.
    /// </summary>
    public bool HasVariables => (Traits & WordTraits.Variable) != 0;

    /// <summary>
    /// Writes the word's value: quotes taken off, escapes resolved, references to variables as they are written.
    /// </summary>
    /// <param name="destination">At least as long as <see cref="Raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int Decode(Span<byte> destination)
    {
        var sink = new DecodingSink(destination);
        WordReader.Read(Raw, 0, ref sink);
        return sink.Written;
    }

    /// <summary>The word's value as bytes, see <see cref="Decode"/>.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        if (IsPlain)
        {
            return Raw.ToArray();
        }

        var bytes = new byte[Raw.Length];
        Array.Resize(ref bytes, Decode(bytes));
        return bytes;
    }

    /// <summary>Whether the word's value is these bytes.</summary>
    /// <param name="value">The value to compare with.</param>
    /// <returns>
    /// True when HAProxy reads the word as <paramref name="value"/>; variables are compared as they are written.
    /// </returns>
    public bool Is(ReadOnlySpan<byte> value)
    {
        if (IsPlain)
        {
            return Raw.SequenceEqual(value);
        }

        if (Raw.Length < value.Length)
        {
            return false;
        }

        Span<byte> buffer = Raw.Length <= 512 ? stackalloc byte[Raw.Length] : new byte[Raw.Length];
        return buffer[..Decode(buffer)].SequenceEqual(value);
    }

    /// <summary>The word's value as text; bytes that are no UTF-8 appear as U+FFFD.</summary>
    /// <returns>The decoded value, see <see cref="Decode"/>.</returns>
    public override string ToString() => Encoding.UTF8.GetString(IsPlain ? Raw : ToBytes());

    /// <summary>Whether a word with these traits is its own value.</summary>
    internal static bool IsPlainWith(WordTraits traits) => (traits & ~WordTraits.Faulty) == 0;
}
