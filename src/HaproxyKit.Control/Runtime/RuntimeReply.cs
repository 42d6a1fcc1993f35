using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Cuts what came over a connection into answers. Every answer ends with an empty line, except some of 2.6 to commands that
/// change something, which are one line.
/// </summary>
internal static class RuntimeReply
{
    private const byte LineFeed = (byte)'\n';

    /// <returns>The answers, each without its final line ending, or null where the bytes are not so many whole answers.</returns>
    internal static string[]? Split(ReadOnlySpan<byte> bytes, IReadOnlyList<RuntimeCommand> commands)
    {
        if (commands.Count == 1)
        {
            // Alone, an answer may hold empty lines of its own.
            return bytes is [LineFeed] or [.., LineFeed, LineFeed] || (commands[0].MayEndShort && IsOneLine(bytes)) ? [Decode(bytes)] : null;
        }

        var answers = new string[commands.Count];
        for (var i = 0; i < commands.Count; i++)
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

    private static bool IsOneLine(ReadOnlySpan<byte> bytes) => bytes.IndexOf(LineFeed) is > 0 and var end && end == bytes.Length - 1;

    private static string Decode(ReadOnlySpan<byte> answer) => Encoding.UTF8.GetString(answer.TrimEnd(LineFeed));
}
