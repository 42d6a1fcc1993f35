using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

/// <summary>What other libraries lose or break when they change one value; each of these was seen to happen.</summary>
public sealed class PeerFactTests
{
    [Fact]
    public void Fact_1_conditions_stay_around_their_lines()
    {
        const string Text = "frontend web\n.if feature(OPENSSL)\n    bind :443 ssl crt a.pem\n.else\n    bind :80\n.endif\n    default_backend app\n";
        AssertOneLineDiffers(Text, c => c.Frontends["web"].DefaultBackend = "shop", "    default_backend app", "    default_backend shop");
        AssertOneLineDiffers(Text, c => c.Frontends["web"].Binds[1].Name = "plain", "    bind :80", "    bind :80 name plain");
        var config = HaproxyConfig.Parse(Text);
        config.Frontends["web"].Bind(":8080");
        Assert.Equal(Text.Replace("    default_backend app\n", "    default_backend app\n    bind :8080\n", StringComparison.Ordinal), config.ToString());
    }

    [Fact]
    public async Task Fact_2_default_server_keeps_its_place_and_its_effect()
    {
        var config = HaproxyConfig.Parse(
            HaproxyInstance.Global + "defaults\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\n"
            + "backend app\n  server s1 127.0.0.1:1\n  default-server weight 77\n  server s2 127.0.0.1:2\n  default-server weight 5\n  server s3 127.0.0.1:3\n"
            + "frontend f\n  bind unix@{dir}/f.sock\n  default_backend app\n");
        config.Backends["app"].Servers["s2"].Address = new("127.0.0.1", 22);
        config.Backends["app"].Directives.Add("balance", "first");
        await using var haproxy = await HaproxyInstance.StartAsync(config.ToString());
        var weights = (await haproxy.AskAsync("show stat app 4 -1"))!.Split('\n')
            .Select(row => row.Split(',')).Where(row => row.Length > 18 && row[1] is "s1" or "s2" or "s3").Select(row => $"{row[1]}={row[18]}");
        Assert.Equal(["s1=1", "s2=77", "s3=5"], weights);
    }

    [Fact]
    public void Fact_3_an_unknown_rule_keeps_its_place_in_the_order()
    {
        const string Text = "frontend web\n  http-request deny if a\n  http-request brand-new-action x # new\n  http-request allow\n  mode http\n";
        AssertOneLineDiffers(Text, c => c.Frontends["web"].Mode = ProxyMode.Tcp, "  mode http", "  mode tcp");
        AssertOneLineDiffers(
            Text, c => c.Frontends["web"].Directives["http-request"][1].Arguments[1].Value = "y", "  http-request brand-new-action x # new", "  http-request brand-new-action y # new");
        Assert.Equal(["deny", "brand-new-action", "allow"], HaproxyConfig.Parse(Text).Frontends["web"].Directives["http-request"].Select(d => d.Arguments[0].Value));
    }

    [Fact]
    public void Fact_4_a_line_of_70_kilobytes_loses_nothing()
    {
        var text = $"frontend web\n  http-request set-header X {new string('x', 70_000)}\nbackend a\n  server s1 10.0.0.1:80\nbackend b\n  mode tcp\n";
        var config = HaproxyConfig.Parse(text);
        Assert.Equal((3, text), (config.Sections.Count, config.ToString()));
        AssertOneLineDiffers(text, c => c.Backends["a"].Servers["s1"].Address = new("10.0.0.2", 80), "  server s1 10.0.0.1:80", "  server s1 10.0.0.2:80");
        config.Frontends["web"].Directives.Single().Arguments[1].Value = "Y";
        Assert.Equal(text.Replace(" X ", " Y ", StringComparison.Ordinal), config.ToString());
    }

    [Fact]
    public void Fact_5_duplicates_and_bad_values_stay_and_are_seen()
    {
        const string Text = "backend a\n  timeout server 1s\n  timeout server 2s\n  balance wrongalgo\n  maxconn abc\n  server s1\nbackend a\n  mode tcp\n";
        var config = HaproxyConfig.Parse(Text);
        Assert.Equal(2, config.Backends.Named("a").Count);
        Assert.Throws<InvalidOperationException>(() => config.Backends["a"]);
        var first = config.Backends.Named("a")[0];
        Assert.Equal((2, "wrongalgo", TimeSpan.FromSeconds(2)), (first.Directives["timeout"].Count, first.Balance, first.Timeouts.Server));
        first.Timeouts.Server = TimeSpan.FromSeconds(3);
        Assert.Equal(Text.Replace("2s", "3s", StringComparison.Ordinal), config.ToString());
    }

    [Fact]
    public void Fact_6_comments_stay_text_where_they_stand()
    {
        const string Text = "# file\n\nbackend a\n\t# tab-indented\n  acl a src 1.1.1.1 # my comment\n  http-request deny if\n  server s1 10.0.0.1:80 #tight\n# of b\nbackend b\n";
        AssertOneLineDiffers(Text, c => c.Backends["a"].Servers["s1"].Address = new("10.0.0.2", 80), "  server s1 10.0.0.1:80 #tight", "  server s1 10.0.0.2:80 #tight");
        var config = HaproxyConfig.Parse(Text);
        Assert.Equal("my comment", config.Backends["a"].Directives["acl"][0].Comment);
        Assert.Equal(["of b"], config.Backends["b"].Comments);
        config.Backends["a"].Remove();
        Assert.Equal("# file\n\n# of b\nbackend b\n", config.ToString());
    }

    [Fact]
    public void Fact_8_every_line_and_word_has_its_position()
    {
        var config = HaproxyConfig.Parse("global\n\nbackend a\n  server s1 10.0.0.1:80 'open\n", "haproxy.cfg");
        var server = config.Backends["a"].Servers["s1"];
        Assert.Equal((4, 3, 12, 11), (server.LineNumber, config.Backends["a"].LineNumber, server.Arguments[1].SpanInLine.Start, server.Arguments[1].SpanInLine.Length));
        var found = Assert.Single(config.Document.Diagnose(), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(("haproxy.cfg", 4, 25), (found.Location!.File, found.Location.Line, found.Location.Column));
    }

    [Fact]
    public async Task Fact_9_many_configurations_are_read_and_changed_at_once()
    {
        var shared = ConfigDocument.Parse(string.Concat(Enumerable.Range(0, 200).Select(i => $"backend b{i}\n  server s1 10.0.0.1:80\n")));
        var edited = await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(() =>
        {
            var config = new HaproxyConfig(shared);
            for (var i = 0; i < 200; i++)
            {
                config.Backends[$"b{i}"].Servers["s1"].Address = new($"10.0.{task}.{i}", 80);
            }

            config.Defaults.Add($"d{task}");
            return config.ToString();
        })));
        for (var task = 0; task < edited.Length; task++)
        {
            Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"backend b{i}\n  server s1 10.0.{task}.{i}:80\n")) + $"\ndefaults d{task}\n", edited[task]);
        }

        Assert.DoesNotContain("10.0.0.2", shared.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fact_10_one_value_changed_is_one_line_of_a_diff()
    {
        Assert.All(Corpus.Files().Where(f => f.Bytes.Length > 0), file =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(file.Bytes.Span));
            var line = config.Sections.SelectMany(s => s.Directives).LastOrDefault(d => d.Arguments.Count > 0 && IsSound(d));
            if (line is null)
            {
                return;
            }

            var number = line.LineNumber;
            line.Arguments[0].Value += "x";
            var (before, after) = (DocumentAssert.Lines(file.Bytes.ToArray()), DocumentAssert.Lines(config.Document.ToBytes()));
            Assert.Equal(before.Count, after.Count);
            Assert.Equal([number], Enumerable.Range(1, before.Count).Where(n => before[n - 1] != after[n - 1]));
        });
    }

    private static bool IsSound(Directive directive) => directive.Arguments.All(a => (a.Traits & WordTraits.Faulty) == 0) && !directive.Text.Contains('\0', StringComparison.Ordinal) && !directive.Arguments[0].Value.Contains('\t', StringComparison.Ordinal);

    private static void AssertOneLineDiffers(string text, Action<HaproxyConfig> edit, string line, string changed)
    {
        var config = new HaproxyConfig(ConfigDocument.Parse(Encoding.UTF8.GetBytes(text)));
        edit(config);
        Assert.Equal(text.Replace(line + "\n", changed + "\n", StringComparison.Ordinal), config.ToString());
        Assert.NotEqual(text, config.ToString());
    }
}
