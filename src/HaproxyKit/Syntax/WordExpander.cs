using System.Buffers;

namespace HaproxyKit.Syntax;

/// <summary>Decodes the words of a line where the environment is known.</summary>
/// <remarks>
/// It reads the whole line, not word by word: a variable that is not set may glue two words together.
/// </remarks>
internal static class WordExpander
{
    internal static List<byte[]> Expand(ReadOnlySpan<byte> line, VariableScope scope)
    {
        var words = new List<byte[]>();
        line = line[..LineScanner.ContentLength(line)];
        var at = WordReader.SkipSpaces(line, 0);
        if (at < line.Length && line[at] == '[')
        {
            return words;
        }

        var current = new ArrayBufferWriter<byte>();
        while (at < line.Length && line[at] is not ((byte)'#' or WordReader.Nul or WordReader.Lf))
        {
            var sink = new ExpandingSink(scope, words, current);
            var shape = WordReader.Read(line, at, ref sink);
            sink.Finish();
            at = shape.End;
            if (at >= line.Length || !WordReader.IsBlank(line[at]) || (shape.Traits & WordTraits.UnmatchedQuote) != 0)
            {
                break;
            }

            at = WordReader.SkipSpaces(line, at);
        }

        return words;
    }
}
