using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>Rule 14: whatever the operator's <c>defaults</c> say, a mapping's node is in rotation after its checks ran, and clients reach it.</summary>
public sealed class HostileDefaultsTests
{
    private static readonly string[] Defaults =
    [
        "mode http|option httpchk GET /x|http-check expect status 200|balance source|option httpclose|option forwardfor",
        "default-server ssl verify none send-proxy check-send-proxy backup disabled port 1 addr 192.0.2.1 maxconn 1 weight 0",
        "default-server minconn 1 maxqueue 1 agent-check agent-port 1 slowstart 1h inter 1h fastinter 1h downinter 1h non-stick",
        "disabled",
        "mode http|log global|log-format \"%ci %HM %[capture.req.uri]\"",
        "mode http|error-log-format \"%ci %HM\"",
        "mode http|log-format-sd \"[x@1 a=\\\"%HM\\\"]\"",
        "source 192.0.2.55|retries 0|maxconn 1|fullconn 1|rate-limit sessions 1|backlog 1",
        "option tcp-check|tcp-check connect port 1|tcp-check send x|tcp-check expect string hello",
        "option transparent",
        "option allbackups|option persist|option redispatch|option abortonclose|option mysql-check",
        "timeout check 1ms|timeout queue 1ms|timeout tunnel 1ms|timeout client 1ms|timeout server 1ms",
        "cookie SRV insert|option smtpchk|hash-type consistent",
        "option httpchk POST /x HTTP/1.1|http-check connect port 1|http-check send meth HEAD uri /y ver HTTP/1.1 hdr a b body c|http-check expect ! rstatus .|http-check disable-on-404|http-check send-state",
        "balance uri|hash-type map-based djb2 avalanche|hash-balance-factor 150|option redispatch 0|email-alert level err",
    ];

    /// <summary>What a caller may say, with what its check has found where the node is fine.</summary>
    private static readonly (string Settings, string Check)[] Settings =
    [
        ("""{"check":{"path":"/ready?a=b"},"balance":"leastconn","sticky":"10m"}""", "L7OK"),
        ("""{"check":{"kind":"tcp"},"balance":"source","maxConnections":50}""", "L4OK"),
        ("""{"check":{"kind":"http","path":"/ready?a=b"},"balance":"random","sendProxy":"v2"}""", "L7OK"),
    ];

    /// <summary>What is hostile to checks, to the choice of a node and to limits.</summary>
    private static readonly string[] HostileToSettings =
    [
        "mode http|option httpchk POST /x|http-check connect port 1|http-check send meth HEAD uri /y ver HTTP/1.1 hdr a b body c|http-check expect ! rstatus .|http-check send-state|balance source",
        "option tcp-check|tcp-check connect port 1|tcp-check expect string hello|default-server ssl verify none send-proxy check-send-proxy port 1 addr 192.0.2.1 maxconn 1 weight 0 inter 1h|balance first",
        "disabled|option smtpchk|balance uri|hash-type map-based djb2 avalanche|option persist|timeout check 1ms|backlog 1|maxconn 1|fullconn 1",
    ];

    public static IEnumerable<TheoryDataRow<string, string>> SettingRows =>
        HaproxyPrograms.Branches.SelectMany(branch => HostileToSettings.Select(defaults => new TheoryDataRow<string, string>(branch, defaults)));

    public static IEnumerable<TheoryDataRow<string, string>> Rows =>
        HaproxyPrograms.Branches.SelectMany(branch => Defaults.Select(defaults => new TheoryDataRow<string, string>(branch, defaults)));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Node_is_in_rotation_under_hostile_defaults(string branch, string defaults)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), FileWith(defaults));
        var port = Ports.Take();

        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);

        // The first state is a guess: only what a check has found counts.
        await Eventually.EqualAsync(
            "UP L4OK", async () => StateOf(await balancer.Haproxy.AskAsync("show stat") ?? "", $"phonehome_{port}_map-{port}_nodes"), "the node after its checks");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => Assert.Equal("A", await HttpProbe.AskAsync(port))));
        Assert.Equal("UP L4OK", StateOf(await balancer.Haproxy.AskAsync("show stat") ?? "", $"phonehome_{port}_map-{port}_nodes"));
    }

    [Theory]
    [MemberData(nameof(SettingRows))]
    public async Task Settings_are_as_they_were_said_under_hostile_defaults(string branch, string defaults)
    {
        await using var node = RawNode.Start("A", "127.0.0.2", "/ready?a=b");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), FileWith(defaults));
        var calls = Settings.Select(settings => (Port: Ports.Take(), settings.Settings, settings.Check)).ToList();

        await Task.WhenAll(calls.Select(async call => (await balancer.AddWithAsync(call.Port, "127.0.0.2", node.Port, null, call.Settings)).Expect(200)));

        foreach (var call in calls)
        {
            await Eventually.EqualAsync(
                $"UP {call.Check}", async () => StateOf(await balancer.Haproxy.AskAsync("show stat") ?? "", $"phonehome_{call.Port}_map-{call.Port}_nodes"), call.Settings);
            Assert.Equal("A", await HttpProbe.AskAsync(call.Port));
        }

        Assert.All(node.Seen, seen => Assert.Contains(seen.Request, new[] { "GET /ready?a=b HTTP/1.0", "GET / HTTP/1.0" }));
        node.CheckStatus = 500;
        foreach (var call in calls)
        {
            var expected = call.Check == "L7OK" ? "DOWN L7STS" : "UP L4OK";
            await Eventually.EqualAsync(
                expected, async () => StateOf(await balancer.Haproxy.AskAsync("show stat") ?? "", $"phonehome_{call.Port}_map-{call.Port}_nodes"), call.Settings);
        }
    }

    private static string FileWith(string defaults) =>
        "global\n    stats socket {stats} mode 600 level admin\n    maxconn 300\n\ndefaults\n    mode tcp\n    timeout connect 1s\n    timeout client 1m\n    timeout server 1m\n"
            + string.Concat(defaults.Split('|').Select(line => $"    {line}\n"))
            + "\nfrontend own\n    mode http\n    bind 127.0.0.1:{own}\n    http-request return status 200 content-type text/plain string \"own\"\n";

    private static string StateOf(string statistics, string backend)
    {
        var lines = statistics.Split('\n');
        var columns = lines[0].TrimStart('#', ' ').Split(',');
        var row = lines.FirstOrDefault(line => line.StartsWith($"{backend},n1,", StringComparison.Ordinal))?.Split(',') ?? [];
        return row.Length == 0 ? "" : $"{row[Array.IndexOf(columns, "status")]} {row[Array.IndexOf(columns, "check_status")]}";
    }
}
