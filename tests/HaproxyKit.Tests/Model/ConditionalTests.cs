using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class ConditionalTests
{
    [Fact]
    public void Single_values_are_those_of_the_last_unconditional_line()
    {
        var config = HaproxyConfig.Parse("backend a\n  mode http\n  mode tcp\n.if defined(X)\n  mode http\n.endif\n  balance first\n.if 0\n  balance source\n.else\n  balance leastconn\n.endif\n");
        var backend = config.Backends["a"];
        Assert.Equal((ProxyMode.Tcp, "first"), (backend.Mode, backend.Balance));
        backend.Mode = ProxyMode.Http;
        backend.Balance = "uri depth 3";
        Assert.Equal("backend a\n  mode http\n  mode http\n.if defined(X)\n  mode http\n.endif\n  balance uri depth 3\n.if 0\n  balance source\n.else\n  balance leastconn\n.endif\n", config.ToString());
        backend.Mode = null;
        Assert.Equal("backend a\n.if defined(X)\n  mode http\n.endif\n  balance uri depth 3\n.if 0\n  balance source\n.else\n  balance leastconn\n.endif\n", config.ToString());
        Assert.Null(backend.Mode);
    }

    [Fact]
    public void What_only_conditions_say_is_not_said()
    {
        var config = HaproxyConfig.Parse("frontend f\n.if 1\n  default_backend a\n  option httplog\n  timeout client 1s\n  stick-table type ip size 1m\n.endif\n");
        var frontend = config.Frontends["f"];
        Assert.Equal((null, null, null, null), (frontend.DefaultBackend, frontend.Options["httplog"], frontend.Timeouts.Client, frontend.StickTable));
        frontend.DefaultBackend = "b";
        Assert.Equal("frontend f\n.if 1\n  default_backend a\n  option httplog\n  timeout client 1s\n  stick-table type ip size 1m\n.endif\n  default_backend b\n", config.ToString());
    }

    [Theory]
    [InlineData("backend a\n.if 1\n  mode tcp\n", "backend a\n  X\n.if 1\n  mode tcp\n")]
    [InlineData("backend a\n  mode tcp\n.if 1\n  mode tcp\n.endif\n", "backend a\n  mode tcp\n.if 1\n  mode tcp\n.endif\n  X\n")]
    [InlineData(".if 1\nbackend a\n  mode tcp\n.else\nbackend a\n  mode tcp\n.endif\n", ".if 1\nbackend a\n  mode tcp\n  X\n.else\nbackend a\n  mode tcp\n  X\n.endif\n")]
    [InlineData(".if 1\nbackend a\n  mode tcp\n.endif\n  mode http\n", ".if 1\nbackend a\n  mode tcp\n  X\n.endif\n  mode http\n")]
    [InlineData(".if 1\nbackend a\n.else\n  mode http\n.endif\n", ".if 1\nbackend a\n  X\n.else\n  mode http\n.endif\n")]
    [InlineData("backend a\n  mode tcp\n.if 1\nbackend b\n.endif\n", "backend a\n  mode tcp\n  X\n.if 1\nbackend b\n.endif\n")]
    [InlineData("backend a\n.if 1\n.if 2\n  mode tcp\n.endif\n", "backend a\n  X\n.if 1\n.if 2\n  mode tcp\n.endif\n")]
    public void A_line_added_stands_in_no_condition_but_that_of_the_header(string before, string after)
    {
        var config = HaproxyConfig.Parse(before);
        foreach (var backend in config.Backends.Named("a"))
        {
            var added = backend.Directives.Add("X");
            Assert.False(added.IsConditional);
        }

        Assert.Equal(after, config.ToString());
    }

    [Fact]
    public void A_line_of_a_kind_that_stands_behind_the_headers_condition_is_no_place_to_add()
    {
        var config = HaproxyConfig.Parse(".if 1\nbackend a\n.endif\n  server s1 10.0.0.1:80\n");
        config.Backends["a"].Server("s2", new("10.0.0.2", 80));
        Assert.Equal(".if 1\nbackend a\n  server s2 10.0.0.2:80\n.endif\n  server s1 10.0.0.1:80\n", config.ToString());
    }

    [Fact]
    public void Lines_of_the_other_branch_of_the_header_do_not_count()
    {
        var config = HaproxyConfig.Parse("frontend f\n  mode http\n.if 1\nbackend a\n  mode tcp\n.else\n  mode log\n.endif\n  balance first\n");
        var backend = config.Backends["a"];
        Assert.Equal((ProxyMode.Tcp, "first"), (backend.Mode, backend.Balance));
        Assert.Equal([false, true, false], backend.Directives.Select(d => d.IsConditional));
    }

    [Fact]
    public void Both_branches_define_one_backend()
    {
        var config = HaproxyConfig.Parse(".if defined(BIG)\nbackend a\n  server s1 10.0.0.1:80\n.else\nbackend a\n  server s1 10.0.0.2:80\n.endif\n");
        Assert.Equal(2, config.Backends.Named("a").Count);
        Assert.True(config.Backends.Contains("a"));
        Assert.False(config.Backends.TryGet("a", out _));
        Assert.Contains("Named(\"a\")", Assert.Throws<InvalidOperationException>(() => config.Backends["a"]).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => config.Backends["b"]);
        config.Backends.Named("a")[1].Servers["s1"].Address = new("10.0.0.9", 80);
        Assert.Equal(".if defined(BIG)\nbackend a\n  server s1 10.0.0.1:80\n.else\nbackend a\n  server s1 10.0.0.9:80\n.endif\n", config.ToString());
    }

    [Fact]
    public void Conditions_are_those_around_the_line_outermost_first()
    {
        var config = HaproxyConfig.Parse("global\n.if streq(\"$A\",b)  &&  1 # c\nbackend a\n  .if !0\n  mode tcp\n  .elif 1\n  mode http\n  .else\n  mode log\n  .endif\n  balance first\n.endif\nbackend b\n  mode tcp\n");
        var lines = config.Backends["a"].Directives.ToList();
        Assert.Equal(
            [new EnclosingCondition(".if", "streq(\"$A\",b) && 1", 2), new EnclosingCondition(".if", "!0", 4)], lines[0].Conditions);
        Assert.Equal(new EnclosingCondition(".elif", "1", 6), lines[1].Conditions[1]);
        Assert.Equal(new EnclosingCondition(".else", "", 8), lines[2].Conditions[1]);
        Assert.Equal(2, Assert.Single(lines[3].Conditions).LineNumber);
        Assert.Empty(config.Backends["b"].Directives.Single().Conditions);
        Assert.Equal([true, true, true, false], lines.Select(l => l.IsConditional));
        config.Sections[0].Remove();
        Assert.Equal(1, lines[3].Conditions[0].LineNumber);
    }

    [Fact]
    public void A_section_removed_keeps_the_conditions_of_others()
    {
        var config = HaproxyConfig.Parse("backend x\n.if 1\nbackend a\n  .if 2\n  mode tcp\n  .endif\n.else\n# of b\nbackend b\n.endif\nbackend c\n");
        config.Backends["a"].Remove();
        Assert.Equal("backend x\n.if 1\n.else\n# of b\nbackend b\n.endif\nbackend c\n", config.ToString());
        config.Backends["b"].Remove();
        Assert.Equal("backend x\n.if 1\n.else\n.endif\nbackend c\n", config.ToString());
        config.Backends["x"].Remove();
        Assert.Equal("backend c\n", config.ToString());
        Assert.Empty(config.Document.Diagnose());
    }
}
