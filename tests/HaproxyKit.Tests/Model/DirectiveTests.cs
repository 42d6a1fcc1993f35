using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class DirectiveTests
{
    [Fact]
    public void Modifier_is_read_and_set_as_one_word()
    {
        var line = LineOf("  option  httpclose  # c");
        Assert.Equal((DirectiveModifier.None, "option", "httpclose"), (line.Modifier, line.Keyword, line.Arguments[0].Value));
        line.Modifier = DirectiveModifier.No;
        Assert.Equal("  no option  httpclose  # c", line.Text);
        line.Modifier = DirectiveModifier.Default;
        Assert.Equal("  default option  httpclose  # c", line.Text);
        Assert.Equal((DirectiveModifier.Default, "option", "httpclose"), (line.Modifier, line.Keyword, line.Arguments[0].Value));
        line.Modifier = DirectiveModifier.None;
        Assert.Equal("  option  httpclose  # c", line.Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Modifier = (DirectiveModifier)7);
    }

    [Fact]
    public void Comment_is_read_set_and_removed()
    {
        var line = LineOf("  server s1 10.0.0.1:80\t#first ");
        Assert.Equal("first", line.Comment);
        line.Comment = "second # of two";
        Assert.Equal("  server s1 10.0.0.1:80\t# second # of two", line.Text);
        Assert.Equal("second # of two", line.Comment);
        line.Comment = null;
        Assert.Equal("  server s1 10.0.0.1:80", line.Text);
        line.Comment = "";
        Assert.Equal(("  server s1 10.0.0.1:80 #", ""), (line.Text, line.Comment));
        line.Comment = "  blanks around are none of it\t";
        Assert.Equal("blanks around are none of it", line.Comment);
        Assert.Throws<ArgumentException>(() => line.Comment = "a\nserver evil 10.0.0.1:80");
        Assert.Throws<ArgumentException>(() => line.Comment = "\ud800");
    }

    [Fact]
    public void A_number_sign_in_quotes_is_no_comment()
    {
        var line = LineOf("  errorloc 503 'http://x/#a' # c");
        Assert.Equal(("http://x/#a", "c"), (line.Arguments[1].Value, line.Comment));
        line.Arguments[1].Value = "http://x/#b";
        Assert.Equal("  errorloc 503 'http://x/#b' # c", line.Text);
        Assert.Null(LineOf("  word 'a # b'").Comment);
    }

    [Fact]
    public void A_word_behind_a_backslash_stays_a_word_of_its_own()
    {
        var line = LineOf("  word a\\");
        line.Arguments.Add("b", "c\\");
        Assert.Equal(["a\\", "b", "c\\"], line.Arguments.Select(a => a.Value));
        line.Comment = "end";
        Assert.Equal(["a\\", "b", "c\\"], line.Arguments.Select(a => a.Value));
        line.Arguments.RemoveAt(1);
        Assert.Equal(["a\\", "c\\"], line.Arguments.Select(a => a.Value));
        Assert.Equal("end", line.Comment);
        line.Arguments.RemoveAt(1);
        Assert.Equal("a\\", Assert.Single(line.Arguments).Value);
        Assert.Equal("end", line.Comment);
    }

    [Fact]
    public void Arguments_read_what_HAProxy_reads_and_what_is_written()
    {
        var line = LineOf("  http-request set-header X \"a\\\"b ${C}\" 'd e'f\\ g # h");
        Assert.Equal(["set-header", "X", "a\"b ${C}", "d ef g"], line.Arguments.Select(a => a.Value));
        Assert.Equal(["set-header", "X", "\"a\\\"b ${C}\"", "'d e'f\\ g"], line.Arguments.Select(a => a.Raw));
        Assert.Equal("  http-request set-header X ".Length, line.Arguments[2].SpanInLine.Start);
        Assert.Equal("set-header X \"a\\\"b ${C}\" 'd e'f\\ g", line.Arguments.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Arguments[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Arguments[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Arguments.Insert(5, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => line.Arguments.RemoveAt(4));
    }

    [Fact]
    public void An_argument_is_its_place_and_follows_edits()
    {
        var line = LineOf("  word a b c");
        var second = line.Arguments.ElementAt(1);
        Assert.Equal("b", second.Value);
        line.Arguments[0].Value = "longer than before";
        Assert.Equal(("b", 28), (second.Value, second.SpanInLine.Start));
        line.Arguments.RemoveAt(0);
        Assert.Equal("c", second.Value);
        line.Arguments.RemoveAt(0);
        Assert.Throws<InvalidOperationException>(() => second.Value);
    }

    [Fact]
    public void Named_words_come_and_go_with_their_values()
    {
        var bind = LineOf("  bind :443 name crt crt a.pem crt b.pem alpn h2 # c");
        Assert.Equal(("crt", "a.pem", null), (bind.Arguments.Get("name"), bind.Arguments.Get("crt"), bind.Arguments.Get("ssl")));
        bind.Arguments.Set("ssl").Set("crt", "c d.pem").Set("alpn", "h2");
        Assert.Equal("  bind :443 name crt crt 'c d.pem' crt b.pem alpn h2 ssl # c", bind.Text);
        Assert.True(bind.Arguments.Remove("crt"));
        Assert.True(bind.Arguments.Remove("name"));
        Assert.False(bind.Arguments.Remove("name"));
        Assert.Equal("  bind :443 crt b.pem alpn h2 ssl # c", bind.Text);
        Assert.True(LineOf("  bind :443 crt").Arguments.Remove("crt"));
    }

    [Fact]
    public void A_word_of_a_template_before_its_words_is_no_switch() =>
        Assert.False(LineOf("  server-template check 3 app:80").Arguments.Contains("check"));

    [Fact]
    public void LineNumber_and_handle_follow_the_line()
    {
        var config = HaproxyConfig.Parse("# top\nbackend a\n  mode tcp\nbackend b\n  server s1 10.0.0.1:80\n");
        var server = config.Backends["b"].Servers["s1"];
        Assert.Equal(5, server.LineNumber);
        config.Backends["a"].Directives.Add("balance", "first");
        config.Backends["a"].Comments = ["one", "two"];
        Assert.Equal(7, server.LineNumber);
        config.Backends["a"].Remove();
        Assert.Equal((2, false), (server.LineNumber, server.IsRemoved));
        Assert.Same(server, config.Backends["b"].Servers["s1"]);
        server.Remove();
        Assert.True(server.IsRemoved);
        Assert.Throws<InvalidOperationException>(() => server.Address);
        Assert.Throws<InvalidOperationException>(() => server.Section);
        Assert.Throws<InvalidOperationException>(server.Remove);
    }

    [Fact]
    public void A_line_that_loses_its_modifier_keeps_its_type()
    {
        var config = HaproxyConfig.Parse("backend a\n  no server s1 10.0.0.1:80\n");
        var line = config.Backends["a"].Directives.Single();
        line.Modifier = DirectiveModifier.None;
        Assert.Same(line, config.Backends["a"].Servers["s1"]);
    }

    [Fact]
    public void ReplaceWith_gives_the_handle_that_fits()
    {
        var config = HaproxyConfig.Parse("backend a\n\tserver s1 10.0.0.1:80 # c\n\tmode tcp\n");
        var server = config.Backends["a"].Servers["s1"];
        Assert.Same(server, server.ReplaceWith("server s2 10.0.0.2:80"));
        var bind = server.ReplaceWith("bind :80");
        Assert.True(server.IsRemoved);
        Assert.IsType<Bind>(bind);
        Assert.Equal("backend a\n\tbind :80\n\tmode tcp\n", config.ToString());
        foreach (var text in new[] { "", "# c", "backend x", ".if 1", "[x]", "a\nb", "a 'b", "no" })
        {
            Assert.Throws<ArgumentException>(() => bind.ReplaceWith(text));
        }

        Assert.Equal("backend a\n\tbind :80\n\tmode tcp\n", config.ToString());
    }

    private static Directive LineOf(string line) => HaproxyConfig.Parse($"backend app\n{line}\n").Sections[0].Directives.Single();
}
