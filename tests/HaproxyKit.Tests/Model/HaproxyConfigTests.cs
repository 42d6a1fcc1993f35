using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class HaproxyConfigTests
{
    [Fact]
    public void Building_from_nothing_prints_a_configuration()
    {
        var config = new HaproxyConfig();
        config.Globals.Add(g => g.Directives.Add("maxconn", "1000"));
        config.Defaults.Add(d =>
        {
            d.Mode = ProxyMode.Tcp;
            d.Timeouts.Connect = TimeSpan.FromSeconds(5);
            d.Timeouts.Client = TimeSpan.FromMinutes(1);
            d.Timeouts.Server = TimeSpan.FromMilliseconds(1500);
        });
        config.Frontends.Add("web", f =>
        {
            f.Bind(":443").Ssl("/etc/ssl/site one.pem");
            f.Options["tcplog"] = true;
            f.UseBackends.Add("api", "if { path_beg /api }");
            f.DefaultBackend = "app";
        });
        config.Backends.Add("app", b =>
        {
            b.Balance = "uri depth 3";
            b.Server("s1", new("10.0.0.1", 80), s => s.Check = true);
            b.Servers.Add("s2", new Address("2001:db8::2", 80), like: b.Servers["s1"]);
            b.Options["httpclose"] = false;
        });

        Assert.Equal(
            """
            global
                maxconn 1000

            defaults
                mode tcp
                timeout connect 5s
                timeout client 1m
                timeout server 1500ms

            frontend web
                bind :443 ssl crt '/etc/ssl/site one.pem'
                option tcplog
                use_backend api if { path_beg /api }
                default_backend app

            backend app
                balance uri depth 3
                server s1 10.0.0.1:80 check
                server s2 [2001:db8::2]:80 check
                no option httpclose

            """,
            config.ToString());
    }

    [Fact]
    public void Address_of_one_server_changed_changes_one_word()
    {
        var config = HaproxyConfig.Parse("# top\nbackend app\n\tserver  s1   10.0.0.1:80\tcheck  # keep me\r\n  server s2 10.0.0.2:80\n\nbackend b\n");
        var server = config.Backends["app"].Servers["s1"];
        server.Address = new("10.0.0.9", 8080);
        Assert.Equal("# top\nbackend app\n\tserver  s1   10.0.0.9:8080\tcheck  # keep me\r\n  server s2 10.0.0.2:80\n\nbackend b\n", config.ToString());
        config.Backends["app"].Servers["s2"].Remove();
        config.Backends["b"].Remove();
        Assert.Equal("# top\nbackend app\n\tserver  s1   10.0.0.9:8080\tcheck  # keep me\r\n\n", config.ToString());
        Assert.Equal("s1", server.Name);
        config.Backends["app"].Remove();
        Assert.True(server.IsRemoved);
        Assert.Equal("", config.ToString());
    }
}
