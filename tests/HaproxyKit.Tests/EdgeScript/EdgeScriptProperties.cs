using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Diagnostics;
using HaproxyKit.EdgeScript;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.EdgeScript;

public sealed class EdgeScriptProperties
{
    private static readonly string[] Pieces =
    [
        "listen", "443", "as", "web", "to", "phone-home", "192.0.2.1", "[2001:db8::7]", "port", "80", "check", "every", "2s", "fall", "3", "rise",
        "2", "{", "}", ",", "#", "# c", "\n", "\n", "\n", "\r\n", "\r", "\t", "\0", "\uFEFF", "\u2028", "\"", "'", "\\", "haproxy", "sticky", "é",
        "bind", "server", "frontend", "::::::::", "1.2.3.4:5", "99999999999", "-", ".", "[", "]", "%", "$X", "${X}", "0",
    ];

    private static readonly Arbitrary<byte[]> HostileScripts = Arb.From(
        from pieces in Gen.Frequency(
            (10, Gen.Elements(Pieces)),
            (6, Gen.Constant("listen 443 as web to 192.0.2.1 port 80")),
            (1, Gen.Choose(0, 255).Select(b => ((char)b).ToString()))).ArrayOf()
        from blank in Gen.Elements("", " ", " ", " ")
        select Encoding.UTF8.GetBytes(string.Join(blank, pieces)),
        ByteShrinker.Shrink);

    /// <summary>A word that stands where a name or an address belongs.</summary>
    private static readonly Arbitrary<string> HostileWords = Arb.From(
        Gen.OneOf(
            Gen.Elements(Pieces).ArrayOf().Select(string.Concat),
            Gen.Elements("a\n    bind :1", "a\r\nfrontend x", "a b", "a:nodes", "x # y", "x\0y", "'x", "\"x", "x\\", "%[env(HOME)]", "$HOME", "x,y", "localhost", "1", "${X}", "*", "unix@/x", "/tmp/x", "[::1]:1", "fd@3", "x\u0085y", "x\vy")),
        word => Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1)));

    [Fact]
    public void Any_bytes_are_read_and_printed_back_and_compiled_without_an_exception() => Laws.Check(HostileText.Bytes, AssertSound, cases: 3_000);

    [Fact]
    public void Any_words_of_the_language_are_read_and_printed_back_and_compiled_without_an_exception() => Laws.Check(HostileScripts, AssertSound, cases: 5_000);

    [Fact]
    public void A_valid_script_is_read_as_it_was_meant_however_it_is_written() => Laws.Check(ScriptModel.Valid, AssertRead, cases: 2_000);

    [Fact]
    public void A_valid_script_compiles_to_exactly_its_proxies_and_declared_ports() => Laws.Check(ScriptModel.Valid, AssertCompiled, cases: 300);

    [Fact]
    public void No_name_and_no_address_adds_a_directive() => Laws.Check(HostileWords, AssertConfined, cases: 5_000);

    [Fact]
    public void A_broken_statement_spoils_no_other() =>
        Laws.Check(
            ScriptModel.Valid,
            model =>
            {
                var text = model.Print().TrimStart('\uFEFF');
                var broken = EdgeScriptDocument.Parse($"{text}\nlisten ? as\n{text}");
                Assert.Equal(2 * model.Entries.Length, broken.Statements.OfType<ListenStatement>().Count());
                Assert.Single(broken.Diagnostics);
            },
            cases: 300);

    private static void AssertSound(byte[] bytes)
    {
        var script = EdgeScriptDocument.Parse(bytes, "edge.lb");
        Assert.Equal(bytes, script.ToBytes());
        var compiled = script.Compile();
        Assert.Equal(compiled.IsSuccess, compiled.Diagnostics.All(d => d.Severity != DiagnosticSeverity.Error));
        foreach (var diagnostic in compiled.Diagnostics)
        {
            var (span, location) = (diagnostic.Span, diagnostic.Location!);
            Assert.InRange(span.Start, 0, bytes.Length);
            Assert.InRange(span.End, span.Start, bytes.Length);
            Assert.Equal(bytes.Take(span.Start).Count(b => b == '\n') + 1, location.Line);
            Assert.Equal(span.Start - bytes.AsSpan(0, span.Start).LastIndexOf((byte)'\n'), location.Column);
            Assert.DoesNotContain(diagnostic.Message, char.IsControl);
            Assert.NotEmpty(diagnostic.Render());
        }

        Assert.Equal(compiled.Diagnostics.OrderBy(d => d.Span.Start), compiled.Diagnostics);
        var at = 0;
        foreach (var statement in script.Statements)
        {
            Assert.InRange(statement.Span.Start, at, bytes.Length);
            Assert.InRange(statement.Span.End, statement.Span.Start + 1, bytes.Length);
            at = statement.Span.End;
            Assert.All(statement.Comments, c => Assert.Equal((byte)'#', bytes[c.Span.Start]));
        }

        Assert.All(script.Statements.OfType<UnreadStatement>(), s => Assert.Contains(script.Diagnostics, d => d.Span.Start >= s.Span.Start && d.Span.Start <= s.Span.End));
        Assert.All(script.Statements.SelectMany(s => s.Comments).CountBy(c => c), c => Assert.Equal(1, c.Value));
        if (compiled.IsSuccess)
        {
            Assert.Equal(script.Statements.Length, compiled.DeclaredPorts.Length + compiled.Config.Frontends.Count);
        }
    }

    private static void AssertRead(ScriptModel model)
    {
        var script = EdgeScriptDocument.Parse(model.Print());
        Assert.Empty(script.Diagnostics);
        Assert.Equal(model.Entries.Select(Told), script.Statements.Cast<ListenStatement>().Select(Told));
    }

    private static string Told(EntryModel entry) =>
        $"{entry.Port} {entry.Name} [{string.Join(' ', entry.Hosts)}] {entry.NodePort} {entry.Check?.Every} {entry.Check?.Fall} {entry.Check?.Rise} {entry.Check is null} "
        + string.Join('|', entry.Comments.Select(c => c.Trim()));

    private static string Told(ListenStatement s) =>
        $"{s.Port} {s.Name} [{string.Join(' ', s.Target!.Addresses)}] {s.Target.Port} {s.Check?.Every} {s.Check?.Fall} {s.Check?.Rise} {s.Check is null} "
        + string.Join('|', s.Comments.Select(c => c.Text));

    private static void AssertCompiled(ScriptModel model)
    {
        var compiled = EdgeScriptDocument.Parse(model.Print()).Compile();
        Assert.True(compiled.IsSuccess);
        var config = compiled.Config;
        Assert.Empty(config.Document.Diagnose());

        var served = model.Entries.Where(e => e.Hosts.Length > 0).ToArray();
        Assert.Equal(served.SelectMany(e => new[] { e.Name, $"{e.Name}:nodes" }), config.Sections.Select(s => s.Name));
        Assert.Equal(
            model.Entries.Where(e => e.Hosts.Length == 0).Select(e => (e.Port, e.Name, e.NodePort, CheckOf(e.Check))),
            compiled.DeclaredPorts.Select(d => (d.Port, d.Name, d.NodePort, d.Check)));
        foreach (var entry in served)
        {
            var frontend = config.Frontends[entry.Name];
            Assert.Equal($"*:{entry.Port}", frontend.Binds.Single().Addresses.Single().Text);
            Assert.Equal($"{entry.Name}:nodes", frontend.DefaultBackend);
            Assert.Equal(entry.Comments.Select(c => c.Replace('\t', ' ').Trim()), frontend.Comments);
            var servers = config.Backends[$"{entry.Name}:nodes"].Servers;
            Assert.Equal(entry.Hosts.Select(h => new Address(h.Trim('[', ']'), entry.NodePort)), servers.Select(s => s.Address));
            Assert.All(servers, s => Assert.Equal(CheckOf(entry.Check), CheckOf(s)));
        }
    }

    private static HealthCheck? CheckOf(CheckModel? check) => check is null ? null : new HealthCheck
    {
        Interval = check.Every is { } every && HaproxyTime.TryParse(every, out var time) ? time : TimeSpan.FromSeconds(2),
        Fall = check.Fall ?? 3,
        Rise = check.Rise ?? 2,
    };

    private static HealthCheck? CheckOf(HaproxyKit.Model.Server server) => !server.Check ? null : CheckOf(
        new CheckModel(server.Arguments.Get("inter"), int.Parse(server.Arguments.Get("fall")!), int.Parse(server.Arguments.Get("rise")!)));

    /// <summary>A word from elsewhere, put into a script: either the script is refused, or it says what the same script says with a harmless word.</summary>
    private static void AssertConfined(string word)
    {
        foreach (var template in new[] { "listen 443 as {0} to 192.0.2.1 port 80", "# {0}\nlisten 443 as web to 192.0.2.1, {0} port 80 check" })
        {
            var compiled = EdgeScriptDocument.Parse(template.Replace("{0}", word, StringComparison.Ordinal)).Compile();
            if (!compiled.IsSuccess)
            {
                continue;
            }

            var document = compiled.Config.Document;
            Assert.Empty(document.Diagnose());
            Assert.Equal(2, document.SectionCount);
            var harmless = EdgeScriptDocument.Parse(template.Replace("{0}", "example", StringComparison.Ordinal)).Compile().Config!;
            Assert.Equal(Keywords(harmless.Document), Keywords(document));
        }
    }

    /// <summary>The keywords of a document, each once: a hostile word may well be two addresses.</summary>
    private static IEnumerable<string> Keywords(ConfigDocument document) =>
        document.Sections.SelectMany(s => s.Lines).Select(l => l.ToString().Trim().Split(' ')[0]).Where(k => k.Length > 0 && k[0] != '#').Distinct();
}
