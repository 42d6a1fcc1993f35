using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Model;

/// <summary>Configurations of common shapes, made from nothing by the fluent builder alone.</summary>
public sealed class BuilderTests
{
    [Fact]
    public void Add_builds_a_site_with_TLS()
    {
        using var folder = new TemporaryFolder();
        var pem = folder.Write("site.pem", Certificate());
        var config = Started();
        config.Frontends.Add("web", f =>
        {
            f.Bind("127.0.0.1:8080");
            f.Bind("127.0.0.1:8443").Ssl(pem).Alpn = ["h2", "http/1.1"];
            f.Redirects.Add($"scheme https code 301 unless {{ ssl_fc }}");
            f.HttpRequests.Add($"set-header X-Forwarded-Proto https");
            f.UseBackends.Add("api", "if { path_beg /api }");
            f.DefaultBackend = "site";
        });
        config.Backends.Add("site", b =>
        {
            b.Balance = "leastconn";
            b.Options["httpchk"] = true;
            b.HttpChecks.Add($"send meth GET uri /healthz");
            b.DefaultServers.Add($"inter 2s fall 3 rise 2");
            b.Server("s1", new("192.0.2.1", 80), s => s.Check = true);
            b.Server("s2", new("192.0.2.2", 80), s => (s.Check, s.Weight) = (true, 50));
        });
        config.Backends.Add("api", b => b.Server("a1", new("192.0.2.9", 8443), s =>
        {
            (s.Ssl, s.Verify, s.Sni) = (true, "required", "str(api.example.org)");
            s.CaFile = pem;
        }));

        Holds(config, $$"""
            frontend web
                bind 127.0.0.1:8080
                bind 127.0.0.1:8443 ssl crt {{pem}} alpn h2,http/1.1
                redirect scheme https code 301 unless { ssl_fc }
                http-request set-header X-Forwarded-Proto https
                use_backend api if { path_beg /api }
                default_backend site

            backend site
                balance leastconn
                option httpchk
                http-check send meth GET uri /healthz
                default-server inter 2s fall 3 rise 2
                server s1 192.0.2.1:80 check
                server s2 192.0.2.2:80 check weight 50

            backend api
                server a1 192.0.2.9:8443 ssl verify required sni str(api.example.org) ca-file {{pem}}

            """);
    }

    [Fact]
    public void Add_builds_a_TCP_balancer_with_a_stick_table()
    {
        var config = Started();
        config.Listens.Add("mqtt", l =>
        {
            l.Mode = ProxyMode.Tcp;
            l.Bind("127.0.0.1:8883").Name = "mqtt";
            l.Options["tcplog"] = true;
            l.Timeouts.Client = l.Timeouts.Server = TimeSpan.FromMinutes(30);
            l.Balance = "roundrobin";
            l.Directives.AddLine($"stick-table type ip size 100k expire 30m");
            l.Sticks.Add($"on src");
            l.Server("m1", new("192.0.2.1", 1883), s => (s.Check, s.SendProxyV2) = (true, true));
            l.Server("m2", new("192.0.2.2", 1883), s => (s.Check, s.Backup) = (true, true));
        });

        Holds(config, """
            listen mqtt
                mode tcp
                bind 127.0.0.1:8883 name mqtt
                option tcplog
                timeout server 30m
                timeout client 30m
                balance roundrobin
                stick-table type ip size 100k expire 30m
                stick on src
                server m1 192.0.2.1:1883 check send-proxy-v2
                server m2 192.0.2.2:1883 check backup

            """);
    }

    [Fact]
    public void Add_builds_a_page_of_statistics()
    {
        var config = Started();
        config.Frontends.Add("stats", f =>
        {
            f.Bind("127.0.0.1:8404");
            f.Stats.Enabled = true;
            f.Stats.Uri = "/haproxy_stats";
            f.Stats.Refresh = TimeSpan.FromSeconds(10);
            f.Stats.AddUser("ops", "a b#c");
            f.HttpRequests.Add($"use-service {"prometheus-exporter"} if {{ path /metrics }}");
        });

        Holds(config, """
            frontend stats
                bind 127.0.0.1:8404
                stats enable
                stats uri /haproxy_stats
                stats refresh 10s
                stats auth 'ops:a b#c'
                http-request use-service prometheus-exporter if { path /metrics }

            """);
    }

    [Fact]
    public void Add_builds_a_limit_of_requests()
    {
        var (limit, header) = (100, "X 100%");
        var config = Started();
        config.Frontends.Add("web", f =>
        {
            f.Bind("127.0.0.1:8080");
            f.Directives.AddLine($"stick-table type ipv6 size 1m expire 10m store http_req_rate(10s)");
            f.HttpRequests.Add($"track-sc0 src");
            f.Acls.Add($"too_many sc_http_req_rate(0) gt {limit}");
            f.HttpRequests.Add($"deny deny_status 429 hdr X-Reason {header} if too_many");
            f.DefaultBackend = "app";
        });
        config.Backends.Add("app", b => b.Server("s1", new("192.0.2.1", 80)));

        Holds(config, """
            frontend web
                bind 127.0.0.1:8080
                stick-table type ipv6 size 1m expire 10m store http_req_rate(10s)
                http-request track-sc0 src
                acl too_many sc_http_req_rate(0) gt 100
                http-request deny deny_status 429 hdr X-Reason 'X 100%%' if too_many
                default_backend app

            backend app
                server s1 192.0.2.1:80

            """);
    }

    [Fact]
    public void Add_builds_routes_by_map_and_acl_with_resolvers()
    {
        using var folder = new TemporaryFolder();
        var map = folder.Write("hosts.map", "a.example.org app\n");
        var config = Started();
        config.Resolvers.Add("dns", r =>
        {
            r.Nameserver("ns1", new("192.0.2.53", 53));
            r.HoldValid = TimeSpan.FromSeconds(10);
        });
        config.Frontends.Add("web", f =>
        {
            f.Bind("127.0.0.1:8080");
            f.Acls.Add("internal", "src", "10.0.0.0/8", "192.168.0.0/16");
            f.Acls.Add("admin", "path_beg", "/admin");
            f.HttpRequests.Add($"deny if admin !internal");
            f.UseBackends.Add($"%[req.hdr(host),lower,map({map},app)]");
        });
        config.Backends.Add("app", b => b.ServerTemplates.Add($"s 1-3 app.example.org:80 check resolvers dns init-addr none"));

        Holds(config, $$"""
            resolvers dns
                nameserver ns1 192.0.2.53:53
                hold valid 10s

            frontend web
                bind 127.0.0.1:8080
                acl internal src 10.0.0.0/8 192.168.0.0/16
                acl admin path_beg /admin
                http-request deny if admin !internal
                use_backend %[req.hdr(host),lower,map({{map}},app)]

            backend app
                server-template s 1-3 app.example.org:80 check resolvers dns init-addr none

            """);
    }

    private static string Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=api.example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static HaproxyConfig Started()
    {
        var config = new HaproxyConfig();
        config.Defaults.Add(d =>
        {
            d.Mode = ProxyMode.Http;
            d.Timeouts.Connect = TimeSpan.FromSeconds(5);
            d.Timeouts.Client = d.Timeouts.Server = TimeSpan.FromSeconds(30);
        });
        return config;
    }

    /// <summary>The text is the one expected; neither our analysis nor any HAProxy finds an error in it.</summary>
    private static void Holds(HaproxyConfig config, string expected)
    {
        const string Defaults = "defaults\n    mode http\n    timeout connect 5s\n    timeout server 30s\n    timeout client 30s\n\n";
        Assert.Equal(Defaults + expected, config.ToString());
        using var folder = new TemporaryFolder();
        var file = folder.Write("built.cfg", config.ToString());
        foreach (var (branch, program) in HaproxyPrograms.Available())
        {
            var (_, messages) = HaproxyCheck.Run(program, ["-f", file], new Dictionary<string, string>());
            Assert.True(!messages.HasAlert, $"{branch}: {messages.Text}");
            Assert.True(HaproxyVersion.TryParse(branch, out var version));
            Assert.DoesNotContain(ConfigAnalyzer.Analyze(config.Document, version), d => d.Severity == DiagnosticSeverity.Error);
        }
    }
}
