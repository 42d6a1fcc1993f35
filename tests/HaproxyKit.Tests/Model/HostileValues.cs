using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.Tests.Model;

/// <summary>Strings that try to leave the word in which they are written: to end it, its line or its section.</summary>
internal static class HostileValues
{
    /// <summary>Values that a naive writer gets wrong, each for a reason of its own.</summary>
    internal static IReadOnlyList<string> Examples { get; } =
    [
        "", " ", "a b", "a\tb", "a\nb", "a\r\nb", "a\rb", "\n", "x\nserver evil 1.2.3.4:80", "x\n\nbackend evil", "a\0b", "\u0001", "\u007f", "\u0085", "\u2028",
        "\"", "'", "\"\"", "''", "a\"b", "a'b", "a'b\"c", "it's \"$HOME\" \\ here", "\\", "a\\", "\\n", "a\\ b", "\\x41", "\\$", "\\\\", "\\'", "\\\"",
        "#", "a#b", "# comment", " #", "$", "$X", "${X}", "${X-y}", "${X[*]}", "\"${X}\"", "$1", "${", "a$b'c",
        "[", "[scope]", "]", ".if", ".if 1", ".endif", ".", "global", "backend", "backend evil", "no", "default", "option", "server", "listen",
        "%[src]", "100%x", "{ }", "}", "a,b", "a)b", "caf\u00e9", "\u65e5\u672c", "\U0001F600", "\ufeff", "\u00a0", "\ud800", "a\udc00",
        "'\n'", "\\\n", "x'\\", "x' #", "a b'c\\", "-", "--", "!", "~",
    ];

    /// <summary>The examples, and what comes of putting their pieces together.</summary>
    internal static Arbitrary<string> Any { get; } = Arb.From(
        Gen.OneOf(
            Gen.Elements<string>([.. Examples]),
            Gen.Elements<string>([.. Examples]).Two().Select(pair => pair.Item1 + pair.Item2),
            Gen.Elements([.. "abc019.:_-/\\'\"$#{}[]%, @*".Select(c => c.ToString())]).ListOf().Select(string.Concat)),
        Shrink);

    /// <summary>Those that a line of HAProxy can say, and those only.</summary>
    internal static Arbitrary<string> Writable { get; } = Arb.From(
        Any.Generator.Where(IsWritable),
        value => Shrink(value).Where(IsWritable));

    private static bool IsWritable(string value) =>
        value.Length > 0
        && !value.Any(c => c is < ' ' or '\u007f')
        && System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(value)) == value;

    private static IEnumerable<string> Shrink(string value) =>
        Enumerable.Range(0, value.Length).Select(i => value.Remove(i, 1));
}
