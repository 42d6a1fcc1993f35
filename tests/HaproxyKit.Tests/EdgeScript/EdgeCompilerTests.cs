using System.Diagnostics;
using HaproxyKit.Diagnostics;
using HaproxyKit.EdgeScript;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.EdgeScript;

public sealed class EdgeCompilerTests
{
    private const string HostileDefaults =
        """
        defaults
          mode http
          log stdout local0
          option httplog
          log-format "%HM %[req.hdr(host)]"
          option httpchk GET /x
          http-check expect status 418
          option forwardfor
          balance source
          timeout connect 1ms
          timeout client 1ms
          timeout server 1ms
          timeout tunnel 1ms
          timeout check 1ms
          default-server check inter 1h fall 100 rise 100 ssl verify none check-ssl send-proxy check-send-proxy backup disabled weight 0 maxconn 1 init-addr none
          default_backend nowhere
          disabled

        """;

    [Fact]
    public void Compile_the_example_gives_proxies_and_declared_ports()
    {
        var compiled = EdgeScriptDocument.Parse(
            """
            # the edge
            listen 443 as traefik {
              to phone-home port 30443            # nodes announce themselves
              check every 1500ms rise 5
            }
            listen 8443 as mosquitto to phone-home port 30843

            # of the cluster,	with a tab
            #
            listen 6443 as kubernetes-api to 192.0.2.125, node.example, [2001:DB8:0::7], [::ffff:192.0.2.9] port 7443 check every 60s
            listen 80 as web to 192.0.2.1 port 80
            """).Compile();

        Assert.Empty(compiled.Diagnostics);
        Assert.True(compiled.IsSuccess);
        Assert.Equal(
            [
                new DeclaredPort(443, "traefik", 30443, new HealthCheck { Interval = TimeSpan.FromSeconds(1.5), Rise = 5 }) { Comments = ["the edge", "nodes announce themselves"] },
                new DeclaredPort(8443, "mosquitto", 30843, Check: null),
            ],
            compiled.DeclaredPorts);
        Assert.Equal(
            """
            # of the cluster, with a tab
            #
            frontend kubernetes-api
                enabled
                mode tcp
                bind *:6443
                option tcplog
                timeout client 1h
                default_backend kubernetes-api:nodes

            backend kubernetes-api:nodes
                enabled
                mode tcp
                balance roundrobin
                timeout connect 5s
                timeout server 1h
                timeout tunnel 1h
                option tcp-check
                tcp-check connect
                timeout check 5s
                default-server enabled weight 1 maxconn 0 no-backup no-ssl no-check-ssl no-send-proxy no-send-proxy-v2 no-check-send-proxy no-agent-check
                server s1 192.0.2.125:7443 check inter 1m fall 3 rise 2
                server s2 node.example:7443 check inter 1m fall 3 rise 2 init-addr libc,none
                server s3 [2001:db8::7]:7443 check inter 1m fall 3 rise 2
                server s4 192.0.2.9:7443 check inter 1m fall 3 rise 2

            frontend web
                enabled
                mode tcp
                bind *:80
                option tcplog
                timeout client 1h
                default_backend web:nodes

            backend web:nodes
                enabled
                mode tcp
                balance roundrobin
                timeout connect 5s
                timeout server 1h
                timeout tunnel 1h
                default-server enabled weight 1 maxconn 0 no-backup no-ssl no-check-ssl no-send-proxy no-send-proxy-v2 no-check-send-proxy no-agent-check
                server s1 192.0.2.1:80 no-check

            """,
            compiled.Config.ToString());
        Assert.Equal(["of the cluster, with a tab", ""], compiled.Config.Frontends["kubernetes-api"].Comments);
        Assert.Empty(compiled.Config.Document.Diagnose());
    }

    [Theory]
    [InlineData("# nothing said")]
    [InlineData("listen 443 as a to phone-home port 1")]
    public void Compile_without_an_address_gives_an_empty_configuration(string text)
    {
        var compiled = EdgeScriptDocument.Parse(text).Compile();
        Assert.True(compiled.IsSuccess);
        Assert.Empty(compiled.Config.Sections);
    }

    [Fact]
    public void Compile_again_gives_a_configuration_of_its_own()
    {
        var script = EdgeScriptDocument.Parse("listen 80 as web to 192.0.2.1 port 80");
        var (first, second) = (script.Compile(), script.Compile());
        first.Config!.Backends["web:nodes"].Remove();
        Assert.True(second.Config!.Backends.Contains("web:nodes"));
    }

    [Theory]
    [InlineData("listen 443 as b to y port 1", "2:8: error HK4003: port 443 is taken by 'a' on line 1")]
    [InlineData("listen 443 as b to phone-home port 1", "2:8: error HK4003: port 443 is taken by 'a' on line 1")]
    [InlineData("listen 444 as a to phone-home port 1", "2:15: error HK4003: the name 'a' is taken on line 1")]
    [InlineData("listen 444 as a {\n}", "2:15: error HK4003: the name 'a' is taken on line 1")]
    public void Compile_a_port_or_name_used_twice_is_an_error(string second, string expected)
    {
        var compiled = EdgeScriptDocument.Parse($"listen 443 as a to phone-home port 1\n{second}").Compile();
        Assert.Equal(expected, compiled.Diagnostics[0].ToString());
        Assert.Null(compiled.Config);
        Assert.Empty(compiled.DeclaredPorts);
    }

    [Theory]
    [InlineData("192.0.2.1, 192.0.2.1", "'192.0.2.1'")]
    [InlineData("[2001:db8::7], [2001:DB8:0:0::7]", "'[2001:DB8:0:0::7]'")]
    [InlineData("192.0.2.1, [::ffff:192.0.2.1]", "'[::ffff:192.0.2.1]'")]
    [InlineData("node.example, NODE.example", "'NODE.example'")]
    public void Compile_a_node_named_twice_is_a_warning(string nodes, string shown)
    {
        var compiled = EdgeScriptDocument.Parse($"listen 443 as a to {nodes} port 1").Compile();
        var found = Assert.Single(compiled.Diagnostics);
        Assert.Equal((DiagnosticIds.EdgeScriptDuplicate, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Equal($"{shown} is named twice and would get twice the traffic", found.Message);
        Assert.Equal(2, compiled.Config!.Backends["a:nodes"].Servers.Count);
    }

    [Fact]
    public void Compile_for_one_address_of_the_machine_binds_there()
    {
        var script = EdgeScriptDocument.Parse("listen 443 as a to x port 1");
        string BindOf(string host) => script.Compile(new EdgeScriptOptions { BindHost = host }).Config!.Frontends["a"].Binds.Single().Addresses.Single().Text;

        Assert.Equal("127.0.0.1:443", BindOf("127.0.0.1"));
        Assert.Equal("[::]:443", BindOf("::"));
        Assert.Throws<ArgumentException>(() => script.Compile(new EdgeScriptOptions { BindHost = "a b" }));
    }

    [Fact]
    public async Task Compiled_configuration_is_accepted_by_every_haproxy()
    {
        var config = EdgeScriptDocument.Parse(
            """
            # é	and \ "quotes' and $HOME ${X} .if 1
            listen 443 as traefik to 192.0.2.125, [2001:db8::7], [::ffff:192.0.2.9], nowhere.invalid port 65535 check
            listen 1 as 0 to 192.0.2.1 port 1 check every 2147483647ms fall 1000 rise 1000
            listen 65535 as MASTER_a.b-c to 192.0.2.1, 192.0.2.1 port 1 check every 1ms fall 1 rise 1
            listen 2 as GLOBAL to 255.255.255.255 port 1
            """).Compile().Config!;

        using var folder = new TemporaryFolder();
        foreach (var (branch, program) in HaproxyPrograms.Available())
        {
            foreach (var head in new[] { "", HostileDefaults })
            {
                var path = folder.Write("haproxy.cfg", head + config);
                var (exitCode, output) = await CheckAsync(program, path);
                Assert.True(exitCode == 0, $"HAProxy {branch}:\n{output}");
                Assert.DoesNotContain("[ALERT]", output, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Compiled_configuration_serves_under_hostile_defaults()
    {
        await using var first = StandInNode.Start("first", "127.0.0.2");
        await using var second = StandInNode.Start("second", "127.0.0.3", first.Port);
        var (checkedPort, plainPort) = (Ports.Take(), Ports.Take());
        var config = EdgeScriptDocument.Parse(
            $"""
            listen {checkedPort} as checked to 127.0.0.2, 127.0.0.3 port {first.Port} check every 50ms
            listen {plainPort} as unchecked to 127.0.0.2 port {first.Port}
            """).Compile(new EdgeScriptOptions { BindHost = "127.0.0.1" }).Config!;

        await using var haproxy = await HaproxyInstance.StartAsync($"{HaproxyInstance.Global}{HostileDefaults}{config}");
        Assert.Equal("first", await HttpProbe.AskAsync(plainPort));

        // Both are UP by a plain connect and take turns; one that goes away is found out.
        HashSet<string?> answers = [await HttpProbe.AskAsync(checkedPort), await HttpProbe.AskAsync(checkedPort)];
        Assert.Equal(["first", "second"], answers.Order(StringComparer.Ordinal));
        await second.StopAsync();
        await Eventually.TrueAsync(async () => (await haproxy.AskAsync("show stat"))!.Split('\n').Any(IsDown), "s2 goes down");
        Assert.Equal("first", await HttpProbe.AskAsync(checkedPort));
        Assert.Equal("first", await HttpProbe.AskAsync(checkedPort));

        static bool IsDown(string line) => line.StartsWith("checked:nodes,s2,", StringComparison.Ordinal) && line.Contains(",DOWN,", StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(string program, string path)
    {
        var start = new ProcessStartInfo(program, ["-c", "-f", path]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
