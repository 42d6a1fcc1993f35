using System.Text.RegularExpressions;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

/// <summary>
/// The words that we read are the words that the real HAProxy reads. Its dump joins words by one blank, which could
/// hide a wrong boundary:
/// so every text is also read with its blanks turned into tabs. A blank in the dump is then a boundary, and a tab is
/// not.
/// </summary>
public sealed partial class HaproxyAgreementTests(ITestOutputHelper output)
{
    public static TheoryData<string> Branches { get; } = ["3.0", "3.2"];

    [Theory]
    [MemberData(nameof(Branches))]
    public void Words_of_the_corpus_are_those_of_HAProxy(string branch)
    {
        var dialect = HaproxyDialect.Of(branch);
        using var folder = new TemporaryFolder();
        var readable = CorpusFiles.All.Where(file => file.Bytes.Span.IndexOf((byte)0) < 0).ToList();
        var names = readable.SelectMany(file => VariableName().Matches(Latin1.Text(file.Bytes.Span)))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .ToList();
        var lines = 0;
        foreach (var (variant, change) in Variants)
        {
            var documents = readable
                .Select((file, i) => Prepare(folder, $"{variant}-{i}", change(file.Bytes.ToArray())))
                .ToList();
            foreach (var environment in Environments(names))
            {
                var dump = HaproxyDump.Of(dialect.Program, [.. documents.Select(document => document.Path!)], environment);
                lines += dump.MustBe(documents, ConfigEnvironment.From(environment), dialect);
            }
        }

        output.WriteLine($"{branch}: {readable.Count} files, {names.Count} variables, {lines} lines compared");
        Assert.True(lines > 1_000);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Words_of_the_examples_are_those_of_HAProxy(string branch)
    {
        var dialect = HaproxyDialect.Of(branch);
        using var folder = new TemporaryFolder();
        var examples = LexicalExamples.Plain.Concat(LexicalExamples.Expanded)
            .Select(row => row.Data)
            .Where(row => !row.Item1.Contains("$.", StringComparison.Ordinal))
            .ToList();
        var environment = ConfigEnvironment.From(LexicalExamples.Environment);
        foreach (var (variant, change) in Variants.Take(2))
        {
            var text = string.Concat(examples.Select(example => example.Item1 + "\n"));
            var document = Prepare(folder, variant, change(Latin1.Bytes(text)));
            var dump = HaproxyDump.Of(dialect.Program, [document.Path!], LexicalExamples.Environment);
            Assert.Equal(1 + examples.Count, dump.MustBe([document], environment, dialect));
        }
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Words_written_in_any_style_are_read_back_by_HAProxy_and_by_us(string branch)
    {
        var dialect = HaproxyDialect.Of(branch);
        using var folder = new TemporaryFolder();
        Laws.Check(GeneratedLine.Without(blanks: false), lines => MustAgree(folder, dialect, lines), 60);
        Laws.Check(GeneratedLine.Without(blanks: true), lines => MustAgree(folder, dialect, lines), 20);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Hostile_lines_are_read_or_refused_as_HAProxy_does(string branch)
    {
        var dialect = HaproxyDialect.Of(branch);
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "a\tb", ["V"] = "v" };
        Laws.Check(
            HostileLines.Lists,
            list =>
            {
                foreach (var (variant, change) in Variants.Take(2))
                {
                    var text = change([.. list.Lines.SelectMany(line => line.Append((byte)'\n'))]);
                    var document = Prepare(folder, variant, text);
                    var dump = HaproxyDump.Of(dialect.Program, [document.Path!], environment);
                    dump.MustBe([document], ConfigEnvironment.From(environment), dialect);
                    Assert.Equal(FirstFaults(document), dump.Messages.Faults);
                }
            },
            60);
    }

    [Fact]
    public void Faults_of_hostile_lines_are_told_where_the_installed_HAProxy_tells_them()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "a b", ["V"] = "v" };
        Laws.Check(
            HostileLines.Lists,
            list =>
            {
                // What is skipped is still split into words, and no keyword is looked at.
                var lines = list.Lines.SelectMany(line => (byte[])[.. "x "u8, .. line, (byte)'\n']);
                var document = Prepare(folder, "skipped", [.. ".if 0\n"u8, .. lines, .. ".endif\n"u8]);
                var told = Check(HaproxyPrograms.Installed, document.Path!, environment).Faults;
                Assert.Equal(FirstFaults(document), told);
            },
            60);
    }

    [Theory]
    [InlineData("global\nx a\0b\nglobal\n", "Stray NUL character", 2, 4)]
    [InlineData("global\n# a\0b\nglobal\n", "Stray NUL character", 2, 4)]
    [InlineData("global", "Missing LF on last line, file might have been truncated", 1, 7)]
    [InlineData("global\n  # a\r", "Missing LF on last line, file might have been truncated", 2, 7)]
    public void Faults_of_the_file_are_told_where_the_installed_HAProxy_tells_them(
        string text, string message, int line, int position)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("f.cfg", text);
        Assert.Contains((line, position, message), Check(HaproxyPrograms.Installed, file, []).Faults);
        Assert.Contains(ConfigDocument.Load(file).Diagnose(), d => (d.Location!.Line, d.Location.Column) == (line, position)
            && d.Id == (message.StartsWith("Stray", StringComparison.Ordinal) ? DiagnosticIds.StrayNul : DiagnosticIds.MissingFinalNewline));
    }

    [Theory]
    [InlineData("2.6", 4, 5, 6)]
    [InlineData("3.0", 4, 5, 6)]
    [InlineData("3.2", 4)]
    public void The_65th_word_is_refused_and_up_to_3_0_a_blank_behind_the_64th(string branch, params int[] refused)
    {
        var words = string.Join(' ', Enumerable.Repeat("x", 64));
        using var folder = new TemporaryFolder();
        var text = $".if 0\n{words}\n{words}#c\n{words} x\n{words} \n{words}\t# c\n{words}\r\n.endif\n";
        var file = folder.Write("words.cfg", text);
        Assert.Equal(refused, Check(HaproxyPrograms.Of(branch), file, []).LinesOfTooManyWords);
        var severities = ConfigDocument.Load(file).Diagnose()
            .Where(found => found.Id == DiagnosticIds.TooManyWords)
            .Select(found => (found.Location!.Line, found.Severity));
        Assert.Equal(
            [(4, DiagnosticSeverity.Error), (5, DiagnosticSeverity.Warning), (6, DiagnosticSeverity.Warning)],
            severities);
    }

    [Fact]
    public void Values_written_are_read_back_by_the_installed_HAProxy()
    {
        using var folder = new TemporaryFolder();
        Laws.Check(
            HostileLines.Values,
            list =>
            {
                // A notice prints its one argument in quotes, as it is, and nothing else is done with it.
                var notices = list.Lines.Select(value => (byte[])[.. ".notice "u8, .. WordWriter.Quote(value), .. " # c\n"u8]);
                var path = folder.File("values.cfg");
                File.WriteAllBytes(path, [.. notices.SelectMany(line => line)]);
                var messages = Check(HaproxyPrograms.Installed, path, []).Text;
                for (var i = 0; i < list.Lines.Length; i++)
                {
                    var expected = $"parsing [{path}:{i + 1}]: '{Latin1.Text(list.Lines[i])}'.\n";
                    Assert.Contains(expected, messages, StringComparison.Ordinal);
                }
            },
            60);
    }

    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    public void Environment_and_place_are_followed_as_HAProxy_follows_them(string branch)
    {
        const string Text = """
            .notice "a line longer than those below, so that HAProxy's buffer does not grow there, see Prepare: - - - - - - - - - - -"
            .notice "1 $.SECTION $.LINE ${.LINE-9} ${A-unset} ${B-unset}"
            global
            setenv A "new $A"
            presetenv B b
            presetenv A no
            .notice "2 $.SECTION $A $B"
            setenv C c
            unsetenv A
            .notice "3 ${A-unset} $C"
            resetenv B
            .notice "4 ${A-unset} $B ${C-unset}"
            defaults
            .notice "5 $.SECTION"
            defaults d
            .notice "6 $.SECTION"
            defaults from d
            .notice "7 $.SECTION"
            frontend web from d
            .notice "8 $.SECTION ${.SECTION[*]}"

            """;
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "old" };
        var file = folder.Write("f.cfg", Text);
        var told = Check(HaproxyPrograms.Of(branch), file, environment).Notices;
        var read = ConfigDocument.Load(file)
            .Expand(ConfigEnvironment.From(environment))
            .Where(line => line.Kind == LineKind.Dot);
        Assert.Equal(told, read.Select(line => Latin1.Text(line.Words[1])));
    }

    private static HaproxyMessages Check(string program, string file, Dictionary<string, string> environment) =>
        HaproxyCheck.Run(program, ["-f", file], environment).Messages;

    /// <summary>As it is; every blank a tab; every escaped blank an escaped tab and every other a tab.</summary>
    private static IEnumerable<(string Name, Func<byte[], byte[]> Change)> Variants =>
    [
        ("as-it-is", bytes => bytes),
        ("tabs", bytes => Latin1.Bytes(InTabs(Latin1.Text(bytes)))),
        ("escaped-tabs", bytes => Latin1.Bytes(InTabs(Latin1.Text(bytes).Replace("\\ ", "\\t", StringComparison.Ordinal)))),
    ];

    private static string InTabs(string text) => text.Replace(' ', '\t').Replace("\\x20", "\\x09", StringComparison.Ordinal);

    /// <summary>Every variable set to a word, to several words, to nothing, and not at all.</summary>
    private static IEnumerable<Dictionary<string, string>> Environments(IReadOnlyList<string> names) =>
    [
        names.ToDictionary(name => name, name => $"v-{name}", StringComparer.Ordinal),
        names.ToDictionary(name => name, name => $"\tv\t\t{name}\tw\t", StringComparer.Ordinal),
        names.ToDictionary(name => name, _ => "", StringComparer.Ordinal),
        [],
    ];

    private static void MustAgree(TemporaryFolder folder, HaproxyDialect dialect, GeneratedLine[] lines)
    {
        var document = Prepare(folder, "generated", [.. lines.SelectMany(line => line.Text.Append((byte)'\n'))]);
        var environment = ConfigEnvironment.From(GeneratedLine.Environment);
        Assert.Equal(lines.Select(line => line.Words), document.Expand(environment).Skip(1).Select(line => line.Words));
        var dump = HaproxyDump.Of(dialect.Program, [document.Path!], GeneratedLine.Environment);
        Assert.Equal(1 + lines.Length, dump.MustBe([document], environment, dialect));
        Assert.Empty(dump.Messages.Faults);
    }

    /// <summary>
    /// Writes a text behind one long line. Without that line HAProxy, whose buffer grows with the lines, reads
    /// <c>${X-default}</c> twice on
    /// lines longer than any before, and complains of the brace that it has overwritten itself.
    /// </summary>
    private static ConfigDocument Prepare(TemporaryFolder folder, string name, byte[] text)
    {
        var longest = Latin1.Text(text).Split('\n').Max(line => line.Length);
        byte[] prepared = [.. "x "u8, .. Enumerable.Repeat((byte)'x', (2 * longest) + 2048), (byte)'\n', .. text];
        prepared = prepared[^1] == '\n' ? prepared : [.. prepared, (byte)'\n'];
        var path = folder.File(name + ".cfg");
        File.WriteAllBytes(path, prepared);
        return ConfigDocument.Parse(prepared, path);
    }

    /// <summary>HAProxy tells the first fault of a line.</summary>
    private static List<(int Line, int Position, string Message)> FirstFaults(ConfigDocument document) =>
    [
        .. document.Diagnose()
            .Where(found => found.Id is "HK1001" or "HK1002" or "HK1003" or "HK1004")
            .GroupBy(found => found.Location!.Line)
            .Select(faults => faults.First())
            .Select(found => (found.Location!.Line, found.Location.Column, MessageOf(found))),
    ];

    private static string MessageOf(Diagnostic found) => found.Id switch
    {
        DiagnosticIds.UnmatchedQuote => "unmatched quote",
        DiagnosticIds.InvalidHexEscape => "truncated or invalid hexadecimal sequence",
        DiagnosticIds.InvalidVariableName => "forbidden first char in environment variable name",
        _ => found.Location!.LineText.Span[found.Location.Column - 1] == '['
            ? "truncated or invalid word expansion sequence"
            : "unmatched brace in environment variable name",
    };

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex VariableName();
}
