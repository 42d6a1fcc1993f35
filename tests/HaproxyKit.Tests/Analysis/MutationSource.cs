using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>An accepted configuration, cut up for mutation: its lines, their words, and the names it defines.</summary>
internal sealed class MutationSource
{
    internal MutationSource(string name, byte[] text)
    {
        Name = name;
        var document = ConfigDocument.Parse(text);
        var (lines, sections) = (new List<string>(), new List<int>());
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                var line = section[i];
                if (line.Kind == LineKind.Section)
                {
                    Headers.Add(lines.Count);
                }
                else if (line.Kind == LineKind.Directive)
                {
                    Directives.Add(lines.Count);
                }

                lines.Add(Latin1.Text(line.Content.Span));
                sections.Add(Headers.Count - 1);
            }
        }

        Lines = [.. lines];
        SectionOf = [.. sections];
        Words = [.. Lines.Select(WordsOf)];
        Names = [.. DefinedNames()];
    }

    internal string Name { get; }

    internal string[] Lines { get; }

    internal IReadOnlyList<(int Start, int Length)>[] Words { get; }

    internal List<int> Headers { get; } = [];

    internal List<int> Directives { get; } = [];

    /// <summary>For each line the section it belongs to, an index into <see cref="Headers"/>, or -1.</summary>
    internal int[] SectionOf { get; }

    internal HashSet<string> Names { get; }

    internal string Word(int line, int word) => Lines[line].Substring(Words[line][word].Start, Words[line][word].Length);

    /// <summary>The line with one word replaced.</summary>
    internal string With(int line, int word, string text)
    {
        var (start, length) = Words[line][word];
        return Lines[line][..start] + text + Lines[line][(start + length)..];
    }

    private static IReadOnlyList<(int Start, int Length)> WordsOf(string line)
    {
        var words = new List<(int, int)>();
        foreach (var word in new ConfigLine(Latin1.Bytes(line)).Words)
        {
            words.Add((word.Span.Start, word.Span.Length));
        }

        return words;
    }

    private IEnumerable<string> DefinedNames()
    {
        foreach (var line in Headers.Where(line => Words[line].Count > 1))
        {
            yield return Word(line, 1);
        }

        foreach (var line in Directives.Where(line => Words[line].Count > 2 && Word(line, 0) is "acl" or "server" or "user" or "nameserver"))
        {
            yield return Word(line, 1);
        }
    }
}
