using System.Buffers;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// Writes what HAProxy reads of a line, without blanks, quotes and comments, so that lines can be compared as bytes.
/// </summary>
internal static class CanonicalLine
{
    private static ReadOnlySpan<byte> EndOfWord => "\0."u8;

    /// <summary>Writes the words of a line, or its scope.</summary>
    internal static void Write(ReadOnlySpan<byte> line, LineKind kind, ArrayBufferWriter<byte> output)
    {
        if (kind == LineKind.Scope)
        {
            WriteScope(line, output);
        }
        else
        {
            foreach (var word in new WordEnumerator(line))
            {
                WriteWord(word, output);
            }
        }

        // A NUL, wherever it stands, makes HAProxy refuse the file.
        if (line.Contains(WordReader.Nul))
        {
            output.Write("\0!"u8);
        }
    }

    internal static void WriteWord(Word word, ArrayBufferWriter<byte> output)
    {
        var faults = word.Traits & WordTraits.Faulty;
        if (faults != 0)
        {
            output.Write([WordReader.Nul, (byte)'?', (byte)faults]);
            output.Write(word.Raw);
        }
        else if (word.IsPlain)
        {
            output.Write(word.Raw);
        }
        else
        {
            var sink = new CanonicalSink(output);
            WordReader.Read(word.Raw, 0, ref sink);
        }

        output.Write(EndOfWord);
    }

    private static void WriteScope(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> output)
    {
        var scanner = new LineScanner(line);
        while (scanner.MoveNext())
        {
            if (scanner.Kind is LineTokenKind.Scope or LineTokenKind.Ignored)
            {
                output.Write(line.Slice(scanner.Start, scanner.Length));
            }
        }
    }
}
