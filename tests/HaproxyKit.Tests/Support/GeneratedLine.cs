using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.Tests.Support;

/// <summary>A line made from its words: what it must be read as is known before anybody reads it.</summary>
/// <param name="Text">The line without its line ending.</param>
/// <param name="Words">The words that it was made from.</param>
public sealed record GeneratedLine(byte[] Text, byte[][] Words)
{
    /// <summary>The variables that generated lines refer to.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["A"] = "va\"l'u\\e$#",
        ["B_1"] = "\tb\t",
        ["E"] = "",
        ["MANY"] = "one\ttwo \t three",
    };

    private static readonly Gen<string> Names = Gen.Elements("A", "B_1", "E");
    private static readonly string[] Separators = [" ", " ", " ", "\t", "  ", "\v", "\f", " \r ", "\t \f"];
    private static readonly string[] Ends = ["", "", "", " ", "# c", " # c \" ' \\", "\r", "\rmore words", " \t", "#"];

    /// <summary>
    /// The bytes of values; without a blank HAProxy's dump, which joins words by blanks, can be read in one way only.
    /// </summary>
    private const string ValueBytes =
        "abcXYZ019-_./:%{}[](),=+*?!|&<>@^~;\"'\\#$\t\v\f\r\n\u0001\u007f\u0080\u00e9\u00ff";

    internal static Arbitrary<GeneratedLine[]> Without(bool blanks) => Arb.From(Line(blanks).ArrayOf(40), Shrink);

    /// <summary>The line as the report of a failed law shows it.</summary>
    /// <returns>The text and the words.</returns>
    public override string ToString() => $"<{Latin1.Text(Text)}> of {Latin1.Join(Words)}";

    private static IEnumerable<GeneratedLine[]> Shrink(GeneratedLine[] lines)
    {
        for (var size = lines.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= lines.Length; start += size)
            {
                yield return [.. lines[..start], .. lines[(start + size)..]];
            }
        }
    }

    private static Gen<GeneratedLine> Line(bool blanks) =>
        from indent in Gen.Elements("", "    ", "\t", "\v\f\r ")
        from count in Gen.Choose(0, 9)
        from words in Written(blanks).Resize(6).ArrayOf(count)
        from separators in Gen.Elements(Separators).ArrayOf(count)
        from end in Gen.Elements(Ends)
        select new GeneratedLine(
            Latin1.Bytes($"{indent}x{string.Concat(words.Zip(separators, (word, separator) => separator + word.Text))}{end}"),
            [Latin1.Bytes("x"), .. words.SelectMany(word => word.Words).Select(Latin1.Bytes)]);

    /// <summary>One word as written and what it is read as: one word, or with <c>[*]</c> several.</summary>
    private static Gen<(string Text, string[] Words)> Written(bool blanks) =>
        from first in Chunk(blanks)
        from rest in Chunk(blanks).ListOf()
        let chunks = rest.Prepend(first).ToList()
        let text = string.Concat(chunks.Select(chunk => chunk.Text))
        where text[0] != '['
        select (text, chunks.Select(chunk => chunk.Words).Aggregate(Join));

    private static string[] Join(string[] words, string[] next) => [.. words[..^1], words[^1] + next[0], .. next[1..]];

    private static Gen<(string Text, string[] Words)> Chunk(bool blanks) => Gen.Frequency(
        (4, Some(blanks, "\"'\\#\t\v\f\r\n ").Select(value => (value, new[] { value }))),
        (3, Value(blanks, "'\r\n").Select(value => ($"'{value}'", new[] { value }))),
        (3, Value(blanks, "").Select(value => ($"\"{Escaped(value, inQuotes: true)}\"", new[] { value }))),
        (3, Some(blanks, "").Select(value => (Escaped(value, inQuotes: false), new[] { value }))),
        (1, Some(blanks, "").Select(value => (string.Concat(value.Select(c => $"\\x{(int)c:x2}")), new[] { value }))),
        (1, Gen.Elements("\\.", "\\1", "\\d", "\\$").Select(text => (text, new[] { text }))),
        (1, Names.Select(name => ($"\"<${name}>\"", new[] { $"<{Environment[name]}>" }))),
        (1, Names.Select(name => ($"\"${{{name}}}-${{{name}-no}}\"", new[] { $"{Environment[name]}-{Environment[name]}" }))),
        (1, Value(blanks, "}\n\r").Select(value => ($"\"${{NOT_SET-{value}}}\"", new[] { value }))),
        (1, Gen.Constant(("\"${MANY[*]}\"", new[] { "one", "two", "three" }))));

    private static Gen<string> Some(bool blanks, string without) => Value(blanks, without).Where(value => value.Length > 0);

    private static Gen<string> Value(bool blanks, string without) =>
        Gen.Elements((ValueBytes + (blanks ? "    " : "")).Except(without).ToArray())
            .ArrayOf()
            .Select(chars => new string(chars));

    /// <summary>A value in the escapes that HAProxy has for it.</summary>
    private static string Escaped(string value, bool inQuotes) => string.Concat(value.Select(c => c switch
    {
        '\\' => "\\\\",
        '"' => "\\\"",
        '\'' => inQuotes ? "'" : "\\'",
        '#' => inQuotes ? "#" : "\\#",
        ' ' => inQuotes ? " " : "\\ ",
        '\t' => inQuotes ? "\t" : "\\t",
        '\r' => "\\r",
        '\n' => "\\n",
        '$' => inQuotes ? "\\$" : "$",
        '\v' or '\f' => inQuotes ? c.ToString() : $"\\x{(int)c:X2}",
        _ => c.ToString(),
    }));
}
