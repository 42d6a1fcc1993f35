using System.Net;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Comparison;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

/// <summary>What users do with a configuration, in the lines in which they write it.</summary>
public sealed class TwelveTasksTests
{
    private const string Text =
        """
        defaults
            timeout server 30s

        frontend web
            bind :80
            http-request deny if { path /x }
            use_backend app if { path /app }
            use_backend old if { path /old }

        backend app
            brand-new-keyword a b # c
            server s1 10.0.0.1:80 check
            server s2 10.0.0.2:80 check weight 5

        backend old
            server s1 10.0.0.9:80

        """;

    private readonly List<string> printed = [];

    [Fact]
    public void The_tasks_compile_and_run_as_they_stand()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("haproxy.cfg", Text);
        var pem = "/etc/ssl/site.pem";
        var (team, net) = ("a 100%", IPNetwork.Parse("10.0.0.0/8"));

        var config = HaproxyConfig.Load(path);
        var before = config.Document;
        foreach (var server in config.Backends.SelectMany(b => b.Servers)) Print(server.Name, server.Address);
        config.Backends["app"].Servers["s1"].Address = new("10.0.0.9", 8080);                       // one line of the file differs
        Assert.Single(before.ToString().Split('\n').Except(config.ToString().Split('\n')));
        config.Backends["app"].Servers.Add("s3", new("10.0.0.3", 80), like: config.Backends["app"].Servers["s2"]);
        IReadOnlyList<Directive> gone = config.Backends["old"].RemoveWithReferences();              // Remove() alone leaves references
        RenameResult renamed = config.Backends["app"].Rename("shop");                               // lists what it cannot follow (%[...])
        config.Backends["shop"].Rename("app");
        foreach (var bind in config.Frontends.SelectMany(f => f.Binds)) bind.Arguments.Set("ssl").Set("crt", pem);
        Effective<TimeSpan?> timeout = config.Backends["app"].Effective.Timeouts.Server;            // .Value and .Source
        config.Frontends["web"].HttpRequests.Insert(0, $"set-header X-Team {team} if {{ src {net} }}");
        foreach (var d in config.Backends["app"].Directives["brand-new-keyword"]) d.Arguments[1].Value = "x";
        var made = new HaproxyConfig().Frontends.Add("web", f => { f.Bind(":443").Ssl(pem); f.DefaultBackend = "app"; });   // the fluent builder
        foreach (var d in ConfigAnalyzer.Analyze(config.Document, HaproxyVersion.V3_2)) Console.WriteLine(d.Render());
        foreach (var change in ConfigDiff.Between(before, config.Document)) Console.WriteLine(change);

        Assert.Contains(ConfigAnalyzer.Analyze(config.Document, HaproxyVersion.V3_2), d => d.Id == DiagnosticIds.UnknownKeyword && d.Location?.Line == 11);
        Assert.Contains(ConfigDiff.Between(before, config.Document), c => c.ToString().Contains("weight 5", StringComparison.Ordinal));
        Assert.Equal(["s1 10.0.0.1:80", "s2 10.0.0.2:80", "s1 10.0.0.9:80"], printed);
        Assert.Equal("use_backend old if { path /old }", Assert.Single(gone).RemovedText!.Trim());
        Assert.Equal((1, 0), (renamed.Followed.Count, renamed.NotFollowed.Count));
        Assert.Equal((TimeSpan.FromSeconds(30), config.Defaults.First()), (timeout.Value!.Value, timeout.Source.Section));
        Assert.Equal("frontend web\n    bind :443 ssl crt /etc/ssl/site.pem\n    default_backend app\n", made.Config.ToString());
        Assert.Equal(
            Text.Replace("bind :80", "bind :80 ssl crt /etc/ssl/site.pem")
                .Replace("    http-request deny", "    http-request set-header X-Team 'a 100%%' if { src 10.0.0.0/8 }\n    http-request deny")
                .Replace("    use_backend old if { path /old }\n", "")
                .Replace("keyword a b # c", "keyword a x # c")
                .Replace("s1 10.0.0.1:80 check", "s1 10.0.0.9:8080 check")
                .Replace("weight 5\n", "weight 5\n    server s3 10.0.0.3:80 check weight 5\n")
                .Replace("backend old\n    server s1 10.0.0.9:80\n", ""),
            config.ToString());
    }

    private void Print(string name, object address) => printed.Add($"{name} {address}");
}
