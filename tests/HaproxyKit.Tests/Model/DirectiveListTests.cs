using HaproxyKit.Diagnostics;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class DirectiveListTests
{
    [Fact]
    public void Add_stands_behind_the_last_of_its_kind_with_the_indentation_of_the_section()
    {
        var config = HaproxyConfig.Parse("backend a\n\tacl x src 10.0.0.1\n\tmode tcp\n\t# about the server\n\tserver s1 10.0.0.1:80\n\n# of b\nbackend b\n");
        config.Backends["a"].Directives.Add("acl", "y", "src", "10.0.0.2");
        config.Backends["a"].Directives.Add("log-tag", "a b");
        config.Backends["b"].Directives.Add("mode", "tcp");
        Assert.Equal(
            "backend a\n\tacl x src 10.0.0.1\n\tacl y src 10.0.0.2\n\tmode tcp\n\t# about the server\n\tserver s1 10.0.0.1:80\n\tlog-tag 'a b'\n\n# of b\nbackend b\n\tmode tcp\n",
            config.ToString());
    }

    [Fact]
    public void Add_of_a_line_with_a_modifier_stands_with_its_keyword()
    {
        var config = HaproxyConfig.Parse("defaults\n  option httplog\n  mode http\n");
        config.Defaults.First().Directives.AddLine("no\toption httpclose # c");
        Assert.Equal("defaults\n  option httplog\n  no\toption httpclose # c\n  mode http\n", config.ToString());
    }

    [Theory]
    [InlineData("", "backend a\n    mode tcp\n")]
    [InlineData("# only a comment\n", "# only a comment\n\nbackend a\n    mode tcp\n")]
    [InlineData("# only a comment", "# only a comment\n\nbackend a\n    mode tcp\n")]
    [InlineData("\n", "\nbackend a\n    mode tcp\n")]
    [InlineData("global", "global\n\nbackend a\n    mode tcp\n")]
    [InlineData("global\n\tmaxconn 1", "global\n\tmaxconn 1\n\nbackend a\n\tmode tcp\n")]
    [InlineData("global\r\n  maxconn 1\r\n", "global\r\n  maxconn 1\r\n\r\nbackend a\r\n  mode tcp\r\n")]
    [InlineData("global\r\n  maxconn 1\r\nbackend z", "global\r\n  maxconn 1\r\nbackend z\r\n\r\nbackend a\r\n  mode tcp\r\n")]
    public void Add_follows_the_layout_of_the_file(string before, string after)
    {
        var config = HaproxyConfig.Parse(before);
        config.Backends.Add("a", b => b.Mode = ProxyMode.Tcp);
        Assert.Equal(after, config.ToString());
        Assert.DoesNotContain(config.Document.Diagnose(), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Add_behind_a_last_line_without_its_ending_ends_it()
    {
        var config = HaproxyConfig.Parse("backend a\r\n  server s1 10.0.0.1:80 # last");
        var first = config.Backends["a"].Servers["s1"];
        config.Backends["a"].Server("s2", new("10.0.0.2", 80));
        Assert.Equal("backend a\r\n  server s1 10.0.0.1:80 # last\r\n  server s2 10.0.0.2:80\r\n", config.ToString());
        Assert.Same(first, config.Backends["a"].Servers["s1"]);
    }

    [Fact]
    public void Insert_stands_in_front_of_a_line_within_its_conditions()
    {
        var config = HaproxyConfig.Parse("frontend f\n    http-request deny\n.if 1\n  http-request allow\n.endif\n");
        var rules = config.Frontends["f"].Directives;
        var allow = rules["http-request"][1];
        rules.Insert(allow, "http-request", "set-header", "X", "a b");
        rules.InsertLine(rules.First(), "http-request return if { path /x } # first");
        Assert.Equal("frontend f\n    http-request return if { path /x } # first\n    http-request deny\n.if 1\n  http-request set-header X 'a b'\n  http-request allow\n.endif\n", config.ToString());
        Assert.Equal(".if", Assert.Single(allow.Conditions).Keyword);
        var other = config.Backends.Add("b", b => b.Mode = ProxyMode.Tcp).Directives;
        Assert.Throws<ArgumentException>(() => rules.Insert(other.First(), "mode", "tcp"));
        allow.Remove();
        Assert.Throws<InvalidOperationException>(() => rules.Insert(allow, "mode", "tcp"));
    }

    [Theory]
    [InlineData("global")]
    [InlineData("backend")]
    [InlineData("no")]
    [InlineData("default")]
    [InlineData(".if")]
    [InlineData("[x]")]
    [InlineData("#x")]
    [InlineData("a b")]
    [InlineData("'a'")]
    [InlineData("a\n")]
    [InlineData("")]
    public void Add_refuses_what_is_no_keyword(string keyword)
    {
        var config = HaproxyConfig.Parse("backend a\n");
        var before = config.Document;
        Assert.ThrowsAny<ArgumentException>(() => config.Backends["a"].Directives.Add(keyword, "x"));
        Assert.Same(before, config.Document);
    }

    [Fact]
    public void AddLine_keeps_an_escaped_blank_at_the_end()
    {
        var config = HaproxyConfig.Parse("backend a\n");
        Assert.Equal("a ", config.Backends["a"].Directives.AddLine("  word a\\  \t").Arguments[0].Value);
    }

    [Fact]
    public void Walking_stands_still_while_lines_go()
    {
        var config = HaproxyConfig.Parse("backend a\n  server s1 10.0.0.1:80\n  mode tcp\n  server s2 10.0.0.2:80\nbackend b\nbackend c\n");
        foreach (var server in config.Backends["a"].Servers)
        {
            server.Remove();
        }

        foreach (var backend in config.Backends.Where(b => b.Name != "a"))
        {
            backend.Remove();
        }

        Assert.Equal("backend a\n  mode tcp\n", config.ToString());
        Assert.Equal((1, 0, "mode"), (config.Backends["a"].Directives.Count, config.Backends["a"].Servers.Count, config.Backends["a"].Directives.Single().Keyword));
    }

    [Theory]
    [InlineData(" http-request deny if b\n acl a src 1.1.1.1\n acl b src 1.1.1.2\n", " http-request deny if b\n acl a src 1.1.1.1\n+ acl b src 1.1.1.2\n")]
    [InlineData(" http-request deny\n acl c src 1.1.1.1\n", " http-request deny\n+ acl c src 1.1.1.1\n")]
    [InlineData(" http-request deny\n.if defined(X)\n acl a src 1.1.1.1\n.else\n acl a src 1.1.1.2\n.endif\n log global\n", " http-request deny\n.if defined(X)\n acl a src 1.1.1.1\n.else\n acl a src 1.1.1.2\n.endif\n+ log global\n")]
    [InlineData(" acl a src 1.1.1.1\n http-request deny\n use_backend x\n", " acl a src 1.1.1.1\n http-request deny\n+ use_backend x\n")]
    public void Add_puts_a_rule_behind_the_acls_that_it_names(string lines, string expected)
    {
        var config = HaproxyConfig.Parse("frontend f\n" + lines);
        config.Frontends["f"].HttpRequests.Add($"return status 404 if !a or {{ path /x }}");
        Assert.Equal("frontend f\n" + expected.Replace("+", " http-request return status 404 if !a or { path /x }\n"), config.ToString());
    }
}
