using System.Text;
using HaproxyKit.Comparison;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Formatting;

namespace HaproxyKit.Tool.Tests.Formatting;

public sealed class ConfigFormatterProperties
{
    [Fact]
    public void Words_of_every_line_are_the_same_before_and_after() => Laws.Check(HostileText.Lines, MustKeepWords, 3_000);

    [Fact]
    public void Formatting_twice_is_formatting_once() => Laws.Check(HostileText.Lines, MustBeStable, 3_000);

    [Fact]
    public void Files_of_the_corpus_keep_their_words_and_comments()
    {
        foreach (var file in Corpus.Files())
        {
            var bytes = file.Bytes.ToArray();
            MustKeepWords(bytes);
            MustBeStable(bytes);
            Assert.Equal(Comments(bytes), Comments(Format(bytes)));
        }
    }

    private static void MustKeepWords(byte[] text)
    {
        var formatted = Format(text);
        Assert.Equal(WordsOf(text), WordsOf(formatted));
        Assert.Equal("", ConfigDiff.Between(ConfigDocument.Parse(text), ConfigDocument.Parse(formatted)).ToString());
    }

    private static void MustBeStable(byte[] text)
    {
        var formatted = Format(text);
        Assert.Equal(Encoding.Latin1.GetString(formatted), Encoding.Latin1.GetString(Format(formatted)));
    }

    private static byte[] Format(byte[] text) => ConfigFormatter.TextOf(ConfigFormatter.Format(ConfigDocument.Parse(text)));

    private static List<string> WordsOf(byte[] text)
    {
        var lines = new List<string>();
        foreach (var line in ConfigDocument.Parse(text).Sections.SelectMany(section => section.Lines))
        {
            var words = new List<string>();
            foreach (var word in line.Words)
            {
                words.Add($"{word.Traits & WordTraits.Faulty} {Encoding.Latin1.GetString(word.Raw)}");
            }

            if (words.Count > 0)
            {
                lines.Add($"{line.Kind}: {string.Join('\u0001', words)}");
            }
        }

        return lines;
    }

    private static List<string> Comments(byte[] text)
    {
        var comments = new List<string>();
        foreach (var line in ConfigDocument.Parse(text).Sections.SelectMany(section => section.Lines))
        {
            var scanner = line.Scan();
            while (scanner.MoveNext())
            {
                if (scanner.Kind == LineTokenKind.Comment)
                {
                    comments.Add(Encoding.Latin1.GetString(line.Bytes.Span.Slice(scanner.Start, scanner.Length)).TrimEnd());
                }
            }
        }

        return comments;
    }
}
