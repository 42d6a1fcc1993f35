using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class ProxySettingsTests
{
    [Fact]
    public void Options_are_true_false_or_not_said()
    {
        var config = HaproxyConfig.Parse("defaults\n  option httplog clf # c\n  no option httpclose\n  default option nolinger\n  option httpclose\n  no option httpclose\n");
        var options = config.Defaults.First().Options;
        Assert.Equal((true, false, null, null), (options["httplog"], options["httpclose"], options["nolinger"], options["tcpka"]));
        Assert.Equal(["httplog", "httpclose", "nolinger"], options.Names);
        options["httpclose"] = true;
        options["nolinger"] = false;
        options["tcpka"] = true;
        Assert.Equal("defaults\n  option httplog clf # c\n  no option httpclose\n  no option nolinger\n  option httpclose\n  option httpclose\n  option tcpka\n", config.ToString());
        options["httpclose"] = null;
        options["tcpka"] = null;
        Assert.Equal("defaults\n  option httplog clf # c\n  no option nolinger\n", config.ToString());
        Assert.Equal((null, null), (options["httpclose"], options["tcpka"]));
    }

    [Fact]
    public void Options_that_HAProxy_cannot_negate_are_not_negated()
    {
        var config = HaproxyConfig.Parse("defaults\n  option tcplog\n");
        foreach (var name in new[] { "tcplog", "httplog", "httpchk", "forwardfor", "tcp-check" })
        {
            Assert.Contains("no option", Assert.Throws<ArgumentException>(() => config.Defaults.First().Options[name] = false).Message, StringComparison.Ordinal);
        }

        Assert.Equal("defaults\n  option tcplog\n", config.ToString());
        config.Defaults.First().Options["tcplog"] = null;
        Assert.Equal("defaults\n", config.ToString());
    }

    [Fact]
    public void Timeouts_are_read_and_set_where_they_stand()
    {
        var config = HaproxyConfig.Parse("defaults\n  timeout  client  50000 # c\n  timeout server 1m\n  timeout server 2m\n  timeout connect 5sx\n  timeout queue\n");
        var timeouts = config.Defaults.First().Timeouts;
        Assert.Equal((TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(2), null, null, null), (timeouts.Client, timeouts.Server, timeouts.Connect, timeouts.Queue, timeouts.Check));
        timeouts.Client = TimeSpan.FromSeconds(50);
        timeouts.Server = TimeSpan.FromMilliseconds(1500);
        timeouts.Connect = TimeSpan.FromSeconds(5);
        timeouts.Queue = TimeSpan.FromSeconds(6);
        timeouts["http-request"] = TimeSpan.FromSeconds(7);
        Assert.Equal("defaults\n  timeout  client  50000 # c\n  timeout server 1m\n  timeout server 1500ms\n  timeout connect 5s\n  timeout queue 6s\n  timeout http-request 7s\n", config.ToString());
        timeouts.Server = null;
        timeouts.Tunnel = null;
        Assert.Equal((null, "defaults\n  timeout  client  50000 # c\n  timeout connect 5s\n  timeout queue 6s\n  timeout http-request 7s\n"), (timeouts.Server, config.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => timeouts.Client = TimeSpan.FromDays(25));
        Assert.Throws<ArgumentException>(() => timeouts[""] = TimeSpan.Zero);
    }

    [Fact]
    public void Mode_balance_and_default_backend_are_set_where_they_stand()
    {
        var config = HaproxyConfig.Parse("listen l\n  mode\thttp # c\n  balance  uri   depth 3 # d\n  default_backend\n");
        var listen = config.Listens["l"];
        Assert.Equal(("http", "uri depth 3", null), (listen.Mode?.Name, listen.Balance, listen.DefaultBackend));
        listen.Mode = ProxyMode.Tcp;
        listen.Balance = "uri depth 3";
        listen.DefaultBackend = "app";
        Assert.Equal("listen l\n  mode\ttcp # c\n  balance  uri   depth 3 # d\n  default_backend app\n", config.ToString());
        listen.Balance = "url_param \"a b\"  check_post";
        Assert.Equal("listen l\n  mode\ttcp # c\n  balance  url_param \"a b\"  check_post # d\n  default_backend app\n", config.ToString());
        foreach (var words in new[] { "", "  ", "first # x", "a\nb", "a 'b", "#x" })
        {
            Assert.Throws<ArgumentException>(() => listen.Balance = words);
        }

        Assert.Throws<ArgumentException>(() => listen.Mode = default(ProxyMode));
        listen.Balance = null;
        listen.DefaultBackend = null;
        listen.Mode = null;
        Assert.Equal("listen l\n", config.ToString());
    }

    [Fact]
    public void A_word_that_ends_in_a_backslash_does_not_take_the_comment()
    {
        var config = HaproxyConfig.Parse("backend a\n  balance first # c\n");
        config.Backends["a"].Balance = "hdr(a\\";
        Assert.Equal(("hdr(a\\", "c"), (config.Backends["a"].Balance, config.Backends["a"].Directives.Single().Comment));
    }

    [Fact]
    public void Binds_are_read_added_and_set()
    {
        var config = HaproxyConfig.Parse("frontend f\n  bind :80,[::1]:81 name n # c\n  bind\n");
        var binds = config.Frontends["f"].Binds;
        Assert.Equal([":80", "[::1]:81"], binds[0].Addresses.Select(a => a.Text));
        Assert.Empty(binds[1].Addresses);
        Assert.Equal(("n", false, 2), (binds[0].Name, binds[0].IsSsl, binds.Count));
        binds[0].Ssl("/a b.pem").Arguments.Set("alpn", "h2,http/1.1");
        binds[0].Name = null;
        binds.Add(new("::", 443), b => b.Name = "six");
        Assert.Equal("frontend f\n  bind :80,[::1]:81 ssl crt '/a b.pem' alpn h2,http/1.1 # c\n  bind\n  bind [::]:443 name six\n", config.ToString());
        Assert.Throws<FormatException>(() => config.Frontends["f"].Bind("a b"));
        Assert.Throws<ArgumentException>(() => binds.Add(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => binds[3]);
    }

    [Fact]
    public void A_certificate_refused_leaves_no_half_of_a_change()
    {
        var config = HaproxyConfig.Parse("frontend f\n  bind :443\n");
        Assert.Throws<ArgumentException>(() => config.Frontends["f"].Binds[0].Ssl("a\nb"));
        Assert.Equal("frontend f\n  bind :443\n", config.ToString());
    }

    [Fact]
    public void UseBackends_keep_their_order()
    {
        var config = HaproxyConfig.Parse("frontend f\n  use_backend a if { path /a } # c\n  use_backend\n  default_backend d\n");
        var rules = config.Frontends["f"].UseBackends;
        Assert.Equal([("a", "if { path /a }"), ("", "")], rules.Select(r => (r.Backend, r.Condition)));
        rules.Add("b", "unless { path /b }");
        rules.Add("c");
        rules[0].Backend = "x";
        Assert.Throws<InvalidOperationException>(() => rules[1].Backend = "x");
        Assert.Equal("frontend f\n  use_backend x if { path /a } # c\n  use_backend\n  use_backend b unless { path /b }\n  use_backend c\n  default_backend d\n", config.ToString());
        foreach (var condition in new[] { "", "when x", "if x\nserver y", "if 'x" })
        {
            Assert.Throws<ArgumentException>(() => rules.Add("b", condition));
        }
    }

    [Fact]
    public void Stick_table_words_come_and_go_with_their_values()
    {
        var config = HaproxyConfig.Parse("backend b\n  stick-table type string len 32 size 200k expire 30m store gpc0 # c\n  stick on src\n  stick store-request dst if a\n");
        var table = config.Backends["b"].StickTable!;
        Assert.Equal(("string", "200k", TimeSpan.FromMinutes(30)), (table.Type, table.Size, table.Expire));
        Assert.Equal([("on", "src"), ("store-request", "dst")], config.Backends["b"].Sticks.Select(s => (s.Action, s.Expression)));
        table.Size = null;
        table.Expire = null;
        Assert.Equal("  stick-table type string len 32 store gpc0 # c", table.Text);
        table.Size = "1m";
        table.Expire = TimeSpan.FromHours(1);
        Assert.Equal("  stick-table type string len 32 store gpc0 size 1m expire 1h # c", table.Text);
    }

    [Fact]
    public void Global_is_read_and_made()
    {
        var config = HaproxyConfig.Parse("defaults\nglobal\n  stats socket /run/a.sock level admin\n  stats timeout 30s\nglobal\n  stats socket /run/b.sock\n");
        Assert.Equal((2, 2), (config.Global!.LineNumber, config.Globals.Count));
        Assert.Equal("/run/a.sock", Assert.Single(config.Global.StatsSockets).Arguments[1].Value);
        Assert.Null(new HaproxyConfig().Global);
        Assert.Throws<ArgumentException>(() => config.Globals.Add("x"));
    }
}
