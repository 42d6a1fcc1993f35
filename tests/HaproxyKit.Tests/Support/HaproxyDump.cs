using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Support;

/// <summary>
/// What <c>haproxy -dC,line -c</c> prints: for each line its number and its words, each followed by one blank, with a
/// tab before those of
/// lines that begin no section.
/// </summary>
/// <remarks>
/// Nothing is carried out while dumping: both branches of conditions are printed, <c>setenv</c> sets nothing,
/// <c>.SECTION</c> is empty, and
/// unknown keywords are no error. Lines that cannot be split into words are reported instead of printed.
/// </remarks>
internal sealed partial class HaproxyDump
{
    private readonly byte[] _output;
    private readonly HaproxyMessages _messages;

    private HaproxyDump(byte[] output, HaproxyMessages messages) => (_output, _messages) = (output, messages);

    /// <summary>What HAProxy says of the lines that it cannot split.</summary>
    internal HaproxyMessages Messages => _messages;

    /// <summary>The dump as text, a byte a character; 3.2 gives it twice unless it finds an error.</summary>
    internal string Text => Latin1.Text(_output);

    internal static HaproxyDump Of(
        string program, IReadOnlyList<string> files, IReadOnlyDictionary<string, string> environment)
    {
        var named = files.SelectMany(file => new[] { "-f", file });
        var (output, messages) = HaproxyCheck.Run(program, ["-dC,line", .. named], environment);
        return new HaproxyDump(output, messages);
    }

    /// <summary>Fails unless the dump is what our own reading of the files gives.</summary>
    /// <returns>How many lines were compared.</returns>
    internal int MustBe(IReadOnlyList<ConfigDocument> documents, ConfigEnvironment environment, HaproxyDialect dialect)
    {
        var lines = documents.SelectMany(document => Expect(document, environment)).ToList();
        var at = 0;
        var passes = 0;
        do
        {
            foreach (var (place, number, words) in lines)
            {
                var mayLackLast = !dialect.KeepsEmptyLastWord && words is [.., { Length: 0 }];
                var orElse = mayLackLast ? Expect(number, words[..^1], dialect) : null;
                at += MustBe(place, at, Expect(number, words, dialect), orElse);
            }

            passes++;
        }
        while (at < _output.Length && !Tail().IsMatch(Latin1.Text(_output.AsSpan(at))));

        Assert.Equal(_messages.HasAlert ? 1 : dialect.Passes, passes);
        return lines.Count;
    }

    private int MustBe(string place, int at, byte[] expected, byte[]? orElse)
    {
        var rest = _output.AsSpan(at);
        if (rest.StartsWith(expected))
        {
            return expected.Length;
        }

        if (orElse is not null && rest.StartsWith(orElse))
        {
            return orElse.Length;
        }

        var actual = rest[..Math.Min(rest.Length, expected.Length + 200)];
        Assert.Fail($"{place}: we read\n{Show(expected)}\nand HAProxy\n{Show(actual)}\n{_messages.Text}");
        return 0;
    }

    private static IEnumerable<(string Place, int Number, List<byte[]> Words)> Expect(
        ConfigDocument document, ConfigEnvironment environment)
    {
        var number = 0;
        // In a dump nothing sets a variable or opens a section; where that makes a difference, lines are read one by
        // one.
        var isPlain = !document.ToString().Contains("env", StringComparison.Ordinal)
            && !document.ToString().Contains(".SECTION", StringComparison.Ordinal);
        var expanded = isPlain
            ? document.Expand(environment).ToDictionary(line => line.Line, line => line.Words.ToList())
            : null;
        var refused = document.Diagnose().Where(IsRefused).Select(found => found.Location!.Line).ToHashSet();
        foreach (var line in document.Sections.SelectMany(section => section.Lines))
        {
            number++;
            if (line.Kind != LineKind.Scope && !refused.Contains(number))
            {
                var scope = new VariableScope(environment, number, document.Path ?? "", []);
                var words = expanded is null
                    ? WordExpander.Expand(line.Bytes.Span, scope)
                    : expanded.GetValueOrDefault(number, []);
                yield return ($"{document.Path}:{number}", number, words);
            }
        }
    }

    private static byte[] Expect(int number, List<byte[]> words, HaproxyDialect dialect)
    {
        var text = new List<byte>(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\t"));
        if (words.Count == 0 || !dialect.IsSectionKeyword(words[0]))
        {
            text.Add((byte)'\t');
        }

        foreach (var word in words)
        {
            text.AddRange(word);
            text.Add((byte)' ');
        }

        text.Add((byte)'\n');
        return [.. text];
    }

    private static bool IsRefused(Diagnostic found) =>
        found.Severity == DiagnosticSeverity.Error
        && found.Id is "HK1001" or "HK1002" or "HK1003" or "HK1004" or "HK1005";

    private static string Show(ReadOnlySpan<byte> bytes) =>
        "  " + Latin1.Text(bytes).Replace("\t", "\\t", StringComparison.Ordinal).TrimEnd('\n');

    [GeneratedRegex(
        @"\A(Warnings were found\.\n)?(Configuration file .*\n)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tail();
}
