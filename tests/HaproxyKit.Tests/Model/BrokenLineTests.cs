using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

public sealed class BrokenLineTests
{
    public static TheoryData<string> Lines =>
    [
        "server s1 10.0.0.1:80 'open", "server s1 10.0.0.1:80 \"open", "server s1 10.0.0.1:80 \\xZZ", "server s1 10.0.0.1:80 \"$1\"", "server s1 10.0.0.1:80 \"${X\"",
        "server s1 10.0.0.1:80 check \0 hidden", "server 's1 10.0.0.1:80",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Edits_of_a_line_that_HAProxy_cannot_read_say_so_and_change_nothing(string line)
    {
        var text = $"backend app\n    {line}\n    mode tcp\n";
        var config = HaproxyConfig.Parse(text);
        var server = config.Backends["app"].Servers[0];
        Action[] edits =
        [
            () => server.Arguments.Add("x"), () => server.Arguments.Insert(0, "x"), () => server.Arguments.Set("weight", "1"), () => server.Arguments[0].Value = "x",
            () => server.Arguments.RemoveAt(0), () => server.Comment = "x", () => server.Modifier = DirectiveModifier.No, () => server.Check = !server.Check,
            () => server.Weight = 1, () => server.Name = "other",
        ];
        foreach (var edit in edits)
        {
            var refusal = Assert.Throws<InvalidOperationException>(edit);
            Assert.Contains("cannot read it: column", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(text, config.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_broken_line_can_be_replaced_and_removed(string line)
    {
        var config = HaproxyConfig.Parse($"backend app\r\n  \t{line}\r\n    mode tcp\r\n");
        var server = config.Backends["app"].Servers[0];
        Assert.Same(server, server.ReplaceWith("  server s1 10.0.0.1:80 check # mended "));
        Assert.Equal("backend app\r\n  \tserver s1 10.0.0.1:80 check # mended \r\n    mode tcp\r\n".Replace(" \r", "\r", StringComparison.Ordinal), config.ToString().Replace(" \r", "\r", StringComparison.Ordinal));
        server.Remove();
        Assert.Equal("backend app\r\n    mode tcp\r\n", config.ToString());
    }

    [Fact]
    public void A_server_like_a_broken_one_is_refused()
    {
        var config = HaproxyConfig.Parse("backend app\n    server s1 10.0.0.1:80 'open\n");
        var before = config.Document;
        Assert.Throws<InvalidOperationException>(() => config.Backends["app"].Servers.Add("s2", new("10.0.0.2", 80), like: config.Backends["app"].Servers[0]));
        Assert.Same(before, config.Document);
    }

    [Fact]
    public void A_line_with_64_words_takes_no_more()
    {
        var words = string.Join(' ', Enumerable.Repeat("w", 61));
        var config = HaproxyConfig.Parse($"backend app\n    server s1 10.0.0.1:80 {words}\n");
        var server = config.Backends["app"].Servers["s1"];
        var before = config.Document;
        Assert.Throws<InvalidOperationException>(() => server.Arguments.Add("x"));
        Assert.Throws<InvalidOperationException>(() => server.Modifier = DirectiveModifier.No);
        Assert.Throws<InvalidOperationException>(() => server.Arguments.Set("weight", "1"));
        Assert.Throws<ArgumentException>(() => config.Backends["app"].Directives.Add("x", [.. Enumerable.Repeat("w", 64)]));
        Assert.Same(before, config.Document);
        config.Backends["app"].Directives.Add("x", [.. Enumerable.Repeat("w", 63)]);
        Assert.DoesNotContain(config.Document.Diagnose(), d => d.Id == DiagnosticIds.TooManyWords);
    }

    [Fact]
    public void A_line_with_too_many_words_can_be_made_shorter()
    {
        var config = HaproxyConfig.Parse($"backend app\n    word {string.Join(' ', Enumerable.Repeat("w", 64))}\n");
        var line = config.Backends["app"].Directives["word"][0];
        line.Arguments[0].Value = "x";
        line.Arguments.RemoveAt(1);
        Assert.Empty(config.Document.Diagnose());
    }

    [Fact]
    public void A_modifier_is_not_taken_off_what_would_then_be_no_directive()
    {
        foreach (var line in new[] { "no global", "no backend x", "default .if 1", "no [x", "no no x", "no" })
        {
            var config = HaproxyConfig.Parse($"defaults\n    {line}\n    mode tcp\n");
            var before = config.Document;
            var directive = config.Defaults.First().Directives.First();
            if (line != "no")
            {
                Assert.Throws<InvalidOperationException>(() => directive.Modifier = DirectiveModifier.None);
            }
            else
            {
                Assert.Throws<InvalidOperationException>(() => directive.Arguments.Add("server"));
            }

            Assert.Same(before, config.Document);
        }
    }

    [Fact]
    public void Text_that_a_carriage_return_hides_is_kept_or_refused()
    {
        var config = HaproxyConfig.Parse("backend app\n    server s1 10.0.0.1:80\rhidden\n");
        var server = config.Backends["app"].Servers["s1"];
        Assert.Throws<InvalidOperationException>(() => server.Comment = "x");
        server.Check = true;
        Assert.Equal("backend app\n    server s1 10.0.0.1:80 check\rhidden\n", config.ToString());
        Assert.Equal(SectionKind.Backend, config.Sections.Single().Kind);
    }
}
