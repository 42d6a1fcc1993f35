using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What a preview says of a request is what its deployment does.</summary>
public sealed class DeploymentPreviewerTests
{
    private const string Other = "  server a1 127.0.0.11:1011 weight 10\n";

    private static readonly string[] Kinds =
    [
        "nothing", "comment", "address", "weight", "limit", "disabled", "check", "added", "removed", "returned", "frontend limit", "new backend",
        "new frontend", "global", "map", "repair of an address", "repair of a server", "two at once",
    ];

    /// <summary>Every kind of change on every branch.</summary>
    public static TheoryData<string, string> Changes { get; } = new(from branch in HaproxyPrograms.Branches from kind in Kinds select (branch, kind));

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task PreviewAsync_plan_is_that_of_the_deployment_that_follows(string branch, string kind)
    {
        await using var node = StandInNode.Start("a");
        var port = Ports.Take();
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, More(node, port));
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var deployer = haproxy.Deployer();
        var previewer = PreviewerOf(haproxy, stats, deployer);
        using var session = await LongLivedConnection.OpenAsync(port);
        Assert.NotNull(await session.SayAsync("1"));
        var request = await RequestAsync(kind, haproxy, stats, deployer);
        var before = haproxy.Bytes();

        var preview = await previewer.PreviewAsync(request);
        Assert.Equal(before, haproxy.Bytes());
        var result = await deployer.ApplyAsync(request);

        Assert.True(result.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, string.Join('\n', result.Diagnostics));
        Assert.Equal(result.Plan.ToString(), preview.Plan.ToString());
        Assert.Equal(result.Plan, preview.Plan);
        Assert.Equal(kind is "nothing" or "comment", preview.Plan.IsEmpty);
        Assert.Equal(result.Reloaded, preview.Plan.NeedsReload);
        Assert.Equal(result.Warnings, preview.Warnings);
        Assert.Equal(haproxy.Bytes(), preview.Wanted.ToBytes());
        Assert.True(preview is { IsAccepted: true, IsReachable: true }, string.Join('\n', preview.Diagnostics));
    }

    [Fact]
    public async Task PreviewAsync_grace_is_that_of_the_request()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: "backend pool\n  balance roundrobin\n" + Other);
        var previewer = PreviewerOf(haproxy, new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket)));

        var preview = await previewer.PreviewAsync(DeployedHaproxy.Change(Other, "") with { DrainGrace = TimeSpan.FromMinutes(7) });

        Assert.Equal(TimeSpan.FromMinutes(7), Assert.IsType<RemoveServer>(Assert.Single(preview.Plan.Steps)).Grace);
    }

    [Fact]
    public async Task PreviewAsync_port_of_a_closed_frontend_that_somebody_took_is_told_before_a_reload_meets_it()
    {
        var port = Ports.Take();
        await using var haproxy = await DeployedHaproxy.StartAsync("3.2", $"frontend closed\n  bind 127.0.0.1:{port}\n  default_backend app\n");
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var deployer = haproxy.Deployer();
        var close = DeployedHaproxy.Change("# no such line", "", static name => name == "closed") with
        {
            ClosedFrontends = new HashSet<string>(["closed"], StringComparer.Ordinal),
        };
        Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(close)).Outcome);
        using var thief = new TcpListener(IPAddress.Loopback, port);
        thief.Start();
        var request = close with { Edit = DeployedHaproxy.Change("maxconn 200", "maxconn 201").Edit };

        var preview = await PreviewerOf(haproxy, stats, deployer).PreviewAsync(request);
        var result = await deployer.ApplyAsync(request);

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Equal(DiagnosticIds.BindUnavailable, Assert.Single(result.Diagnostics).Id);
        Assert.False(preview.IsAccepted);
        Assert.Equal(result.Diagnostics, preview.Diagnostics);
    }

    [Fact]
    public async Task PreviewAsync_request_for_another_revision_is_not_accepted()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var request = DeployedHaproxy.Change("maxconn 200", "maxconn 201") with { ExpectedRevision = ConfigRevision.HashOf("another"u8.ToArray()) };

        var preview = await PreviewerOf(haproxy, new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket))).PreviewAsync(request);

        Assert.False(preview.IsAccepted);
        Assert.Equal(DiagnosticIds.FileContended, Assert.Single(preview.Diagnostics).Id);
        Assert.True(preview.Plan.IsEmpty);
        Assert.Equal(DeploymentOutcome.Rejected, (await haproxy.Deployer().ApplyAsync(request)).Outcome);
    }

    [Fact]
    public async Task PreviewAsync_edit_that_throws_is_the_callers()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var previewer = PreviewerOf(haproxy, new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => previewer.PreviewAsync(_ => throw new InvalidOperationException("no way")));
    }

    private static DeploymentPreviewer PreviewerOf(DeployedHaproxy haproxy, RuntimeClient stats, Deployer? deployer = null) => new(
        haproxy.File, new HaproxyChecker(HaproxyInvocation.FromProcess(haproxy.Instance.MasterPid).Invocation!), stats, new BindProbe(), deployer);

    private static string More(StandInNode node, int port) =>
        $"""
        frontend pools
          bind 127.0.0.1:{port}
          maxconn 50
          default_backend pool
        backend pool
          balance roundrobin
          server a {node.Address}:{node.Port}
          server z 127.0.0.12:1012 backup
        backend others
          balance roundrobin
          server a1 127.0.0.11:1011 weight 10

        """;

    private static bool IsOurs(string name) => name is "pool" or "others";

    /// <summary>The request, after what has to have happened before it.</summary>
    private static async Task<DeploymentRequest> RequestAsync(string kind, DeployedHaproxy haproxy, RuntimeClient stats, Deployer deployer)
    {
        var line = haproxy.Text.Split('\n').Single(text => text.StartsWith("  server a ", StringComparison.Ordinal)) + "\n";
        switch (kind)
        {
            case "returned":
                var gone = await deployer.ApplyAsync(Change(line, "") with { DrainGrace = TimeSpan.FromMinutes(5) });
                Assert.False(Assert.Single(gone.Drainages).Completion.IsCompleted);
                return Change("  server z ", line + "  server z ");
            case "repair of an address":
                Assert.True((await stats.SetServerAddressAsync("others", "a1", IPAddress.Parse("127.0.0.99"), 99, markUp: false)).IsSuccess);
                return Change("# no such line", "");
            case "repair of a server":
                await stats.SetServerModeAsync("others", "a1", ServerMode.Maintenance);
                Assert.True((await stats.DeleteServerAsync("others", "a1")).IsSuccess);
                return Change("# no such line", "");
            case "map":
                var map = Path.Combine(haproxy.Instance.Folder, "names.map");
                File.WriteAllText(map, "1 first\n");
                File.AppendAllText(haproxy.Instance.ConfigPath, $"backend mapped\n  tcp-request content reject if {{ src,map_str({map}) -m found }}\n");
                await haproxy.Instance.ReloadAsync();
                return Change("# no such line", "") with { Files = [new ReferencedFile(ReferencedFileKind.Map, map, "2 second\n"u8.ToArray())] };
        }

        return kind switch
        {
            "nothing" => Change("# no such line", ""),
            "comment" => Change("backend others\n", "backend others\n  # ours\n"),
            "address" => Change("127.0.0.11:1011", "127.0.0.13:1013"),
            "weight" => Change("weight 10", "weight 20"),
            "limit" => Change("weight 10", "weight 10 maxconn 7"),
            "disabled" => Change("weight 10", "weight 10 disabled"),
            "check" => Change("weight 10", "weight 10 check"),
            "added" => Change(Other, Other + "  server a2 127.0.0.14:1014 weight 5\n"),
            "removed" => Change(line, "") with { DrainGrace = TimeSpan.FromMinutes(5) },
            "frontend limit" => Change("maxconn 50", "maxconn 60"),
            "new backend" => Add("backend fresh\n  balance roundrobin\n  server f 127.0.0.15:1015\n"),
            "new frontend" => Add($"frontend fresh\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend pool\n"),
            "global" => Change("maxconn 200", "maxconn 201"),
            _ => Change(Other, "  server a1 127.0.0.13:1013 weight 20\n  server a2 127.0.0.14:1014\n"),
        };
    }

    private static DeploymentRequest Change(string from, string to) => DeployedHaproxy.Change(from, to, IsOurs);

    private static DeploymentRequest Add(string lines) => DeployedHaproxy.Add(lines) with { IsManaged = IsOurs };
}
