using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>One of the two documents: its sections, and where they stand.</summary>
internal sealed class DocumentSide
{
    private readonly string? _path;
    private readonly Lazy<int[]> _firstLines;

    internal DocumentSide(ConfigDocument document)
    {
        _path = document.Path;
        Sections = [.. document.Sections];
        _firstLines = new Lazy<int[]>(CountLines);
    }

    internal SectionSyntax[] Sections { get; }

    /// <summary>The number of a line in the document, from 1.</summary>
    internal int LineNumber(int section, int line) => _firstLines.Value[section] + line;

    internal ComparedLine Line(int section, int line)
    {
        var text = Sections[section][line];
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var word in text.Words)
        {
            words.Add(word.ToString());
        }

        var shown = Encoding.UTF8.GetString(text.Content.Span.Trim(" \t\v\f\r"u8));
        return new ComparedLine
        {
            File = _path,
            Line = LineNumber(section, line),
            Text = shown,
            Words = words.Count == 0 ? [shown] : words.DrainToImmutable(),
        };
    }

    private int[] CountLines()
    {
        var lines = new int[Sections.Length];
        var line = 1;
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = line;
            line += Sections[i].LineCount;
        }

        return lines;
    }
}
