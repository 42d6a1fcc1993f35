using System.Text;

namespace HaproxyKit.Tests.Support;

/// <summary>Bytes in tables of examples: one character is one byte.</summary>
internal static class Latin1
{
    internal static byte[] Bytes(string text)
    {
        if (text.Any(c => c > 0xFF))
        {
            throw new ArgumentException("A character of an example is no byte.", nameof(text));
        }

        return Encoding.Latin1.GetBytes(text);
    }

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    internal static string Join(IEnumerable<byte[]> words) => string.Join("|", words.Select(word => Text(word)));
}
