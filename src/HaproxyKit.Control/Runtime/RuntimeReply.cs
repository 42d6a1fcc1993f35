using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>Cuts what came over a connection into answers. Every answer ends with an empty line, on all versions.</summary>
internal static class RuntimeReply
{
    private const byte LineFeed = (byte)'\n';

    /// <returns>The answers, each without its final line ending, or null where the bytes are not so many whole answers.</returns>
    internal static string[]? Split(ReadOnlySpan<byte> bytes, int commands)
    {
        if (commands == 1)
        {
            // Alone, an answer may hold empty lines of its own.
            return bytes is [LineFeed] or [.., LineFeed, LineFeed] ? [Decode(bytes)] : null;
        }

        var answers = new string[commands];
        for (var i = 0; i < commands; i++)
        {
            var gap = bytes is [LineFeed, ..] ? 0 : bytes.IndexOf("\n\n"u8) + 1;
            if (gap == 0 && bytes is not [LineFeed, ..])
            {
                return null;
            }

            answers[i] = Decode(bytes[..gap]);
            bytes = bytes[(gap + 1)..];
        }

        return bytes.IsEmpty ? answers : null;
    }

    private static string Decode(ReadOnlySpan<byte> answer) => Encoding.UTF8.GetString(answer.TrimEnd(LineFeed));
}
