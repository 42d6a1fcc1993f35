using System.Buffers;
using HaproxyKit.Comparison;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Input;

/// <summary>Several files one behind the other, as HAProxy reads them, which still knows the lines of each.</summary>
internal sealed class JoinedDocument
{
    private readonly List<(int FirstLine, string? Path)> _files = [];

    internal JoinedDocument(IReadOnlyList<ConfigDocument> documents)
    {
        if (documents is [var only])
        {
            Document = only;
            return;
        }

        var text = new ArrayBufferWriter<byte>();
        var line = 1;
        foreach (var document in documents)
        {
            _files.Add((line, document.Path));
            document.WriteTo(text);
            if (document.Length > 0 && text.WrittenSpan[^1] != (byte)'\n')
            {
                text.Write("\n"u8);
            }

            line += document.LineCount;
        }

        Document = ConfigDocument.Parse(text.WrittenSpan);
    }

    internal ConfigDocument Document { get; }

    /// <summary>The line in its own file.</summary>
    internal ComparedLine? InFile(ComparedLine? line)
    {
        var file = _files.FindLast(file => file.FirstLine <= line?.Line);
        return file.FirstLine == 0 ? line : line! with { File = file.Path, Line = line.Line - file.FirstLine + 1 };
    }
}
