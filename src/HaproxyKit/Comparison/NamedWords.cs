using System.Buffers;
using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Reads the words of a line with their names and values.</summary>
internal static class NamedWords
{
    private static readonly string[] ServerWords = ["name", "address"];
    private static readonly string[] TemplateWords = ["name", "count", "address"];
    private static readonly string[] BindWords = ["address"];

    internal static List<NamedWord> Read(ReadOnlySpan<byte> line)
    {
        var reader = new KeywordReader(line);
        var words = ReadPlain(line);
        var keyword = reader.Keyword.ToString();
        return keyword is "bind" or "server" or "server-template" or "default-server" or "stick-table"
            ? WithNames(words, keyword, reader.Modifier == DirectiveModifier.None ? 1 : 2)
            : words;
    }

    private static List<NamedWord> ReadPlain(ReadOnlySpan<byte> line)
    {
        var words = new List<NamedWord>();
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var word in new WordEnumerator(line))
        {
            buffer.ResetWrittenCount();
            CanonicalLine.WriteWord(word, buffer);
            words.Add(new NamedWord(
                null, word.ToString(), words.Count, Encoding.Latin1.GetString(buffer.WrittenSpan), word.HasVariables));
        }

        return words;
    }

    private static List<NamedWord> WithNames(List<NamedWord> words, string keyword, int first)
    {
        var positional = keyword switch
        {
            "server" => ServerWords,
            "server-template" => TemplateWords,
            "bind" => BindWords,
            _ => [],
        };
        var named = new List<NamedWord>(words.Take(first));
        for (var i = first; i < words.Count; i++)
        {
            var word = words[i];
            if (i - first < positional.Length)
            {
                named.Add(word with { Name = positional[i - first] });
            }
            else if (i + 1 < words.Count && WordArity.TakesValue(keyword, word.Value!))
            {
                var value = words[++i];
                var hasVariables = word.HasVariables || value.HasVariables;
                named.Add(new NamedWord(word.Value, value.Value, word.Index, word.Key + value.Key, hasVariables));
            }
            else
            {
                named.Add(word with { Name = word.Value, Value = null });
            }
        }

        return named;
    }
}
