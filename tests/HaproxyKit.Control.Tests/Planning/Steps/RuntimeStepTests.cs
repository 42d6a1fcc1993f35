using System.Globalization;
using System.Net;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Planning.Steps;

/// <summary>Each kind of step on a real HAProxy: planned from two texts, sent, and read back.</summary>
public sealed class RuntimeStepTests
{
    private const string Configuration = HaproxyInstance.Global + """
        defaults
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
          default-server inter 60s
        frontend web
          bind {dir}/web.sock
          maxconn 50
          default_backend app
        frontend closed
          bind 127.0.0.1:{port}
          http-request return status 200 content-type text/plain string open
          default_backend app
        frontend off
          disabled
          bind {dir}/off.sock
          default_backend app
        backend app
          server plain 127.0.0.1:1 weight 10
          server checked 127.0.0.1:1 check port 2
          server agent 127.0.0.1:1 agent-check agent-port 9 agent-inter 60s
          server disabled 127.0.0.1:1 disabled
          server limited 127.0.0.1:1 maxconn 5
          server spare 0.0.0.0:1 disabled check

        """;

    private static readonly (string From, string To, string Plan)[] Edits =
    [
        ("plain 127.0.0.1:1", "plain 127.0.0.9:9", "set app/plain to 127.0.0.9:9"),
        ("plain 127.0.0.1:1 weight 10", "plain [::1]:9 weight 20", "set app/plain to [::1]:9\ngive app/plain the weight 20"),
        ("weight 10", "weight 0", "give app/plain the weight 0"),
        ("weight 10", "weight 256 maxconn 7", "give app/plain the weight 256\nlet app/plain have 7 connections at most"),
        ("127.0.0.1:1 maxconn 5", "127.0.0.1:1", "let app/limited have any number of connections"),
        ("weight 10", "weight 10 disabled", "put app/plain into maintenance"),
        ("disabled 127.0.0.1:1 disabled", "disabled 127.0.0.1:1", "put app/disabled into service"),
        ("spare 0.0.0.0:1 disabled", "spare 127.0.0.1:7", "set app/spare to 127.0.0.1:7\nput app/spare into service"),
        ("check port 2", "check port 3", "check app/checked at port 3"),
        ("check port 2", "check port 3 addr 127.0.0.8", "check app/checked at 127.0.0.8:3"),
        ("check port 2", "check port 2 addr [::1]", "check app/checked at ::1"),
        ("check port 2", "port 2", "check app/checked no more"),
        ("agent-port 9", "agent-port 8", "ask the agent of app/agent at port 8"),
        ("agent-port 9", "agent-port 8 agent-addr 127.0.0.8", "ask the agent of app/agent at 127.0.0.8:8"),
        ("agent-port 9", "agent-port 9 agent-addr 127.0.0.8", "ask the agent of app/agent at 127.0.0.8"),
        ("agent-check", "", "ask the agent of app/agent no more"),
        ("  server plain", "  server new 127.0.0.1:8 weight 3 maxconn 4\n  server plain", "add app/new at 127.0.0.1:8"),
        ("  server plain", "  server new 127.0.0.1:8 check\n  server plain", "add app/new at 127.0.0.1:8"),
        ("  server plain", "  server new 127.0.0.1:8 agent-check agent-port 7 agent-inter 60s\n  server plain", "add app/new at 127.0.0.1:8"),
        ("  server plain", "  server new [::1]:8 disabled check\n  server plain", "add app/new at [::1]:8 in maintenance"),
        ("  server plain", "  server new 127.0.0.1:8 check on-marked-down shutdown-sessions send-proxy-v2 sni str(a;b\\ c)\n  server plain", "add app/new at 127.0.0.1:8"),
        ("  server plain 127.0.0.1:1 weight 10\n", "", "delete app/plain"),
        ("server plain", "server new", "add app/new at 127.0.0.1:1\ndelete app/plain"),
        ("frontend closed", "frontend closed\n  disabled", "close closed"),
        ("frontend web", "frontend web\n  disabled", "reload: frontend 'web': 'disabled' was added"),
    ];

    public static TheoryData<string, int> Cases =>
        [.. HaproxyPrograms.Branches.SelectMany(branch => Enumerable.Range(0, Edits.Length).Select(edit => (branch, edit)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task SendAsync_planned_edit_holds_afterwards_and_not_before(string branch, int edit) => FollowAsync(branch, Edits[edit]);

    /// <summary>A full frontend of HAProxy 2.6 that is told of another limit deadlocks, and the watchdog kills the worker with all its sessions.</summary>
    [Theory]
    [InlineData("2.6", "maxconn 50", "maxconn 60", "reload: frontend 'web': 'maxconn 50' became 'maxconn 60'")]
    [InlineData("3.0", "maxconn 50", "maxconn 60", "let web take 60 connections at most")]
    [InlineData("3.2", "maxconn 50", "maxconn 60", "let web take 60 connections at most")]
    [InlineData("2.6", "frontend closed", "frontend closed\n  maxconn 9", "reload: frontend 'closed': 'maxconn 9' was added")]
    [InlineData("3.0", "frontend closed", "frontend closed\n  maxconn 9", "let closed take 9 connections at most")]
    [InlineData("3.2", "frontend closed", "frontend closed\n  maxconn 9", "let closed take 9 connections at most")]
    public Task SetFrontendMaxConnections_is_planned_since_3_0_alone(string branch, string from, string to, string expected) =>
        FollowAsync(branch, (from, to, expected));

    private static async Task FollowAsync(string branch, (string From, string To, string Plan) edit)
    {
        var (from, to, expected) = edit;
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(Ports.Take()));
        var plan = await haproxy.PlanAsync(Edited(haproxy, from, to));

        Assert.Equal(expected, plan.ToString());
        if (plan.NeedsReload)
            return;
        Assert.All(await haproxy.HoldAsync(plan), pair => Assert.False(pair.Holds, pair.Step.Description));
        await haproxy.SendAsync(plan);
        Assert.All(await haproxy.HoldAsync(plan), pair => Assert.True(pair.Holds, pair.Step.Description));

        // A worker that has read the file already is as wanted, and sending again does no harm.
        await haproxy.SendAsync(plan);
        Assert.All(await haproxy.HoldAsync(plan), pair => Assert.True(pair.Holds, pair.Step.Description));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranchData))]
    public async Task SwitchFrontend_that_a_command_closed_is_opened_and_one_that_never_ran_takes_a_reload(string branch)
    {
        var port = Ports.Take();
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(port));
        Assert.NotNull(await HttpProbe.AskAsync(port));
        var close = new SwitchFrontend("closed", IsOpen: false);
        Assert.True((await close.SendAsync(haproxy.Client, CancellationToken.None)).IsSuccess);
        Assert.Null(await HttpProbe.AskAsync(port));
        var isOff = Edited(haproxy, "frontend closed", "frontend closed\n  disabled");

        var open = DeploymentPlanner.Plan(isOff, haproxy.Document, await haproxy.ReadAsync(), static _ => false);
        var never = await haproxy.PlanAsync(Edited(haproxy, "frontend off\n  disabled", "frontend off"));

        Assert.Equal("open closed", open.ToString());
        await haproxy.SendAsync(open);
        Assert.All(await haproxy.HoldAsync(open), pair => Assert.True(pair.Holds));
        Assert.NotNull(await HttpProbe.AskAsync(port));
        Assert.Equal("reload: frontend 'off': 'disabled' was removed", never.ToString());
    }

    [Theory]
    [MemberData(nameof(HaproxyBranchData))]
    public async Task SwitchServerCheck_can_be_taken_back_only_where_the_check_was_configured(string branch)
    {
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(Ports.Take()));
        var unchecked_ = Edited(haproxy, "check port 2", "port 2");
        await haproxy.SendAsync(await haproxy.PlanAsync(unchecked_));

        var back = DeploymentPlanner.Plan(unchecked_, haproxy.Document, await haproxy.ReadAsync(), static _ => false);
        var never = await haproxy.PlanAsync(Edited(haproxy, "weight 10", "weight 10 check"));

        Assert.Equal("check app/checked", back.ToString());
        await haproxy.SendAsync(back);
        Assert.All(await haproxy.HoldAsync(back), pair => Assert.True(pair.Holds));
        Assert.Equal("reload: server 'app/plain': HAProxy cannot check a server that it did not check when it started", never.ToString());
    }

    [Theory]
    [MemberData(nameof(HaproxyBranchData))]
    public async Task RemoveServer_with_a_grace_drains_and_leaves_the_deletion_to_others(string branch)
    {
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(Ports.Take()));
        var plan = DeploymentPlanner.Plan(
            haproxy.Document, Edited(haproxy, "  server plain 127.0.0.1:1 weight 10\n", ""), await haproxy.ReadAsync(), static _ => false, drainGrace: TimeSpan.FromSeconds(5));

        await haproxy.SendAsync(plan);

        Assert.Equal("drain app/plain and delete it", plan.ToString());
        Assert.Equal(ServerMode.Drain, (await haproxy.ReadAsync()).Servers[("app", "plain")].Mode);
        Assert.All(await haproxy.HoldAsync(plan), pair => Assert.True(pair.Holds));

        // It comes back with other words before it was deleted.
        var back = DeploymentPlanner.Plan(
            Edited(haproxy, "  server plain 127.0.0.1:1 weight 10\n", ""), Edited(haproxy, "weight 10", "weight 11 check"), await haproxy.ReadAsync(), static _ => false);
        Assert.Equal("add app/plain at 127.0.0.1:1", back.ToString());
        await haproxy.SendAsync(back);
        Assert.All(await haproxy.HoldAsync(back), pair => Assert.True(pair.Holds));

        // Sent again, as to a worker that has read the file, it takes nothing out of service.
        await haproxy.SendAsync(back);
        Assert.Equal(0, (await haproxy.ReadAsync()).Servers[("app", "plain")].Sessions);
        Assert.All(await haproxy.HoldAsync(back), pair => Assert.True(pair.Holds));
    }

    /// <summary>HAProxy keeps in mind that the file says <c>disabled</c>, also of a server that is in service.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranchData))]
    public async Task Mode_server_that_the_file_disables_is_ready_once_it_is_put_into_service(string branch)
    {
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(Ports.Take()));
        Assert.Equal(ServerMode.Maintenance, (await haproxy.ReadAsync()).Servers[("app", "disabled")].Mode);

        await haproxy.Client.SetServerModeAsync("app", "disabled", ServerMode.Ready);

        var server = (await haproxy.ReadAsync()).Servers[("app", "disabled")];
        Assert.Equal((ServerAdminStates.ConfiguredMaintenance, ServerMode.Ready), (server.Admin, server.Mode));
        Assert.True((await haproxy.Client.ShowServersStateAsync("app")).Single(row => row.Name == "disabled").IsInRotation);
    }

    /// <summary>HAProxy takes 70000 for 4464: no step says it, whoever made the step.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranchData))]
    public async Task SendAsync_value_that_HAProxy_would_misread_never_gets_out(string branch)
    {
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, At(Ports.Take()));
        var address = IPAddress.Loopback;
        RuntimeStep[] steps =
        [
            new SetServerAddress("app", "plain", address, 70000, MarkUp: false),
            new SetServerAddress("app", "plain", IPAddress.Any, 80, MarkUp: false),
            new SetServerWeight("app", "plain", 257),
            new SetServerWeight("app", "plain", -1),
            new SetServerMaxConnections("app", "plain", -1),
            new SetServerCheckTarget("app", "checked", address, 70000),
            new SetServerCheckTarget("app", "checked", Address: null, 70000),
            new SetServerAgentTarget("app", "agent", address, 70000),
            new SetServerAgentTarget("app", "agent", Address: null, 70000),
            new SetServerMode("app", "plain", (ServerMode)9),
            new AddServer("app", "new", address, 70000),
            new AddServer("app", "new", address, 80) { Words = ["sni", "a\nshow info"] },
            new AddServer("app", "a/b", address, 80),
            new SetFrontendMaxConnections("web", 0),
        ];
        var before = await haproxy.Client.ShowServersStateAsync();

        foreach (var step in steps)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => step.SendAsync(haproxy.Client, CancellationToken.None));
        }

        var after = await haproxy.Client.ShowServersStateAsync();
        Assert.Equal(before.Select(Shown), after.Select(Shown));
    }

    public static TheoryData<string> HaproxyBranchData => [.. HaproxyPrograms.Branches];

    private static string At(int port) => Configuration.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Shown(ServerState server) =>
        $"{server.Name} {server.AddressText} {server.Port} {server.Weight} {server.Admin} {server.CheckPort} {server.CheckAddress} {server.AgentPort} {server.AgentAddress}";

    private static ConfigDocument Edited(PlannedHaproxy haproxy, string from, string to)
    {
        var text = haproxy.Document.ToString();
        Assert.Contains(from, text, StringComparison.Ordinal);
        return ConfigDocument.Parse(text.Replace(from, to, StringComparison.Ordinal), haproxy.Instance.ConfigPath);
    }
}
