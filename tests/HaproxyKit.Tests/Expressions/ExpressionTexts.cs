using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Texts for the readers of expressions: right ones, slightly wrong ones, and their signs in the worst order.</summary>
internal static class ExpressionTexts
{
    private static readonly string[] SamplePieces =
        ["src", "str", "req.hdr", "lower", "path_beg", "a", "é", "(", "(", ")", ")", ",", ",", "'", "\"", "\\", "\\\\", "\\'", "\\\"", "\\n", "\\ ",
         " ", "1", "host", "]", "[", "%", "x-y_z:+", "()", "(a)", "(a,b)", "('a,b')", "(\")\")", "\t", "\0", "(\\)", "(\\,"];

    private static readonly string[] FormatPieces =
        ["%", "%", "%%", "%[", "]", "%[src]", "%[req.hdr(host),lower]", "%ci", "ci", "%{+Q}", "%{", "}", "+Q,-E", "%(name)", "%(name:sint)", "%(:", "%(", "(", ")",
         " ", "text", "1", ".", "é", "%{+Q}r", "%{}[str(a])]", "%[src", "\"", "'", "\\", "\0", "%o", "str", "x-y_"];

    private static readonly string[] ConditionWords =
        ["if", "unless", "!", "!!", "or", "OR", "||", "a", "!a", "!!b", "{", "!{", "}", "src", "path_beg", "-i", "-m", "-f", "-u", "-M", "-n", "--", "-x", "str", "reg", "int",
         "10.0.0.0/8", "/a b", "gt", "5", "1:5", "", "é", "req.hdr(host),lower", "src(", "str('a)", "!or", "a/b", "nosuch", "\0", "'x'", "\"", "a,"];

    /// <summary>Sample expressions.</summary>
    internal static Arbitrary<string> Samples { get; } = Texts(SamplePieces);

    /// <summary>Log formats.</summary>
    internal static Arbitrary<string> Formats { get; } = Texts([.. FormatPieces, .. SamplePieces.Take(20)]);

    /// <summary>The words of conditions and ACLs.</summary>
    internal static Arbitrary<string[]> Words { get; } = Arb.From(
        Gen.OneOf(
            Gen.Elements(ConditionWords).ArrayOf(),
            Conditions(),
            Conditions().SelectMany(words => Gen.Choose(0, words.Length).SelectMany(at =>
                Gen.Elements(ConditionWords).Select(word => (string[])[.. words[..at], word, .. words[Math.Min(words.Length, at + 1)..]])))),
        words => Enumerable.Range(0, words.Length).Select(i => (string[])[.. words[..i], .. words[(i + 1)..]]));

    /// <summary>Values that are hard to write.</summary>
    internal static Arbitrary<string> Values { get; } = Arb.From(
        Gen.Elements("a", "é", "%", "%%", "%[env(HOME)]", "100%x", "${HOME}", "$", "'", "\"", "\\", "\\\\", ",", ")", "(", "]", "[", " ", "  ", "\t", "\n", "\r", "\\n", "{", "}",
            "-i", "--", "#", "!", "or", "x", "1", "\u0001", "\u007f").ListOf().Select(string.Concat),
        Shrunk);

    private static Arbitrary<string> Texts(string[] pieces) => Arb.From(
        Gen.Frequency(
            (6, Gen.Elements(pieces).ListOf().Select(string.Concat)),
            (1, HostileText.Line.Generator.Select(System.Text.Encoding.Latin1.GetString))),
        Shrunk);

    private static IEnumerable<string> Shrunk(string text)
    {
        for (var length = text.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= text.Length; at += length)
            {
                yield return text.Remove(at, length);
            }
        }
    }

    private static Gen<string[]> Conditions() =>
        from polarity in Gen.Elements("if", "unless")
        from terms in Term().ListOf()
        select (string[])[polarity, .. terms.SelectMany(term => term)];

    private static Gen<string[]> Term() => Gen.OneOf(
        Gen.Elements("a", "!a", "b.c", "||", "or", "!").Select(word => new[] { word }),
        from open in Gen.Elements("{", "!{")
        from sample in Gen.Elements("src", "path_beg", "req.hdr(host),lower", "str('a b')", "path,lower,")
        from flags in Gen.Elements<string[]>([], ["-i"], ["-m", "str"], ["-f", "x"], ["-i", "-m", "reg", "--"], ["-u", "5"], ["--"])
        from patterns in Gen.Elements("x", "1:5", "gt", "a b", "{", "!", "or", "-i", "\\").ListOf()
        select (string[])[open, sample, .. flags, .. patterns, "}"]);
}
