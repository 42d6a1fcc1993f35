using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

public sealed class ServerTests
{
    [Fact]
    public void Members_read_the_line()
    {
        var server = ServerOf("    server s1 10.0.0.1:80 cookie check check weight 10 backup disabled maxconn 0 # first");
        Assert.Equal(("s1", "10.0.0.1:80", true, true, true), (server.Name, server.Address.Text, server.Check, server.Backup, server.Disabled));
        Assert.Equal((10, 0, "first"), (server.Weight, server.MaxConnections, server.Comment));
        Assert.Equal("check", server.Arguments.Get("cookie"));
    }

    [Fact]
    public void Members_of_a_short_line_are_absent()
    {
        var server = ServerOf("    server");
        Assert.Equal(("", default, false, null), (server.Name, server.Address, server.Check, server.Weight));
        Assert.Throws<InvalidOperationException>(() => server.Name = "s1");
        Assert.Throws<InvalidOperationException>(() => server.Address = new("10.0.0.1", 80));
        Assert.Equal(default, ServerOf("    server s1").Address);
    }

    [Fact]
    public void A_word_that_is_a_value_is_not_a_switch()
    {
        var server = ServerOf("    server check backup:80 cookie check source disabled");
        Assert.Equal((false, false, false), (server.Check, server.Backup, server.Disabled));
        server.Check = true;
        Assert.Equal("    server check backup:80 cookie check source disabled check", server.Text);
        server.Check = false;
        Assert.Equal("    server check backup:80 cookie check source disabled", server.Text);
    }

    [Fact]
    public void Setters_change_one_word()
    {
        var server = ServerOf("\tserver  s1\t10.0.0.1:80   weight  5\tcheck   # c");
        server.Weight = 256;
        Assert.Equal("\tserver  s1\t10.0.0.1:80   weight  256\tcheck   # c", server.Text);
        server.Name = "s2";
        server.MaxConnections = 7;
        Assert.Equal("\tserver  s2\t10.0.0.1:80   weight  256\tcheck maxconn 7   # c", server.Text);
        server.Weight = null;
        server.Check = false;
        Assert.Equal("\tserver  s2\t10.0.0.1:80 maxconn 7   # c", server.Text);
        Assert.Equal((null, 7), (server.Weight, server.MaxConnections));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Weight = 257);
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Weight = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => server.MaxConnections = -1);
    }

    [Fact]
    public void Address_of_any_form_is_read_and_written()
    {
        foreach (var text in new[] { "10.0.0.1:80", "[::1]:80", ":::80", "unix@/run/x.sock", "/run/a b.sock", "app.example.org", "ipv6@:80", "10.0.0.1:+10", "abns@x", "fd@3" })
        {
            var server = ServerOf("    server s1 10.9.9.9:9 check");
            server.Address = Address.Parse(text);
            Assert.Equal(text, server.Address.Text);
            Assert.Equal(text, ServerOf(server.Text).Address.Text);
            Assert.Equal(4, server.Arguments.Count + 1);
        }
    }

    [Fact]
    public void Name_of_another_server_is_refused()
    {
        var config = HaproxyConfig.Parse("backend app\n    server s1 10.0.0.1:80\n    server s2 10.0.0.2:80\n");
        var before = config.Document;
        Assert.Throws<ArgumentException>(() => config.Backends["app"].Servers["s1"].Name = "s2");
        Assert.Throws<ArgumentException>(() => config.Backends["app"].Servers["s1"].Name = "a/b");
        Assert.Same(before, config.Document);
    }

    [Fact]
    public void Name_in_both_branches_of_a_condition_can_be_changed()
    {
        var config = HaproxyConfig.Parse("backend app\n.if defined(X)\n    server s1 10.0.0.1:80\n.else\n    server s1 10.0.0.2:80\n.endif\n");
        Assert.Throws<InvalidOperationException>(() => config.Backends["app"].Servers["s1"]);
        foreach (var server in config.Backends["app"].Servers.Named("s1"))
        {
            server.Name = "new";
        }

        Assert.Equal(2, config.Backends["app"].Servers.Named("new").Count);
    }

    [Fact]
    public void Add_like_another_takes_its_words_as_written()
    {
        var config = HaproxyConfig.Parse("backend app\n    server s1 10.0.0.1:80 cookie \"${ID}\" weight 5 check # first\n    mode tcp\n");
        var servers = config.Backends["app"].Servers;
        var added = servers.Add("s2", new("10.0.0.2", 81), s => s.Weight = 6, like: servers["s1"]);
        Assert.Equal("    server s2 10.0.0.2:81 cookie \"${ID}\" weight 6 check", added.Text);
        Assert.Equal(3, added.LineNumber);
        Assert.Throws<ArgumentException>(() => servers.Add("s2", new("10.0.0.3", 80)));
        Assert.Throws<ArgumentException>(() => servers.Add("s3", default));
        Assert.Throws<KeyNotFoundException>(() => servers["s9"]);
    }

    [Fact]
    public void A_server_like_one_keeps_bytes_that_are_no_text()
    {
        var config = new HaproxyConfig(ConfigDocument.Parse([.. "backend app\n server s1 10.0.0.1:80 cookie "u8, 0xE4, .. " word\\\tx\n"u8]));
        config.Backends["app"].Servers.Add("s2", new("10.0.0.2", 80), like: config.Backends["app"].Servers["s1"]);
        Assert.Equal([.. "backend app\n server s1 10.0.0.1:80 cookie "u8, 0xE4, .. " word\\\tx\n server s2 10.0.0.2:80 cookie "u8, 0xE4, .. " word\\\tx\n"u8], config.Document.ToBytes());
    }

    private static Server ServerOf(string line) => HaproxyConfig.Parse($"backend app\n{line}\n").Backends["app"].Servers.Single();
}
