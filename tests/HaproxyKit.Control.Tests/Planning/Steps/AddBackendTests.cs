using HaproxyKit.Catalog;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Planning.Steps;

/// <summary>Backends that come at run time, with the answers that 3.5 gave: no HAProxy that can is at hand.</summary>
public sealed class AddBackendTests
{
    private const string Before = "defaults base\n  mode http\n  default-server weight 3\nfrontend web from base\n  use_backend %[path,field(2,/)]\n";
    private const string Added = "backend app from base\n  server s1 127.0.0.1:80 check\n  server s2 127.0.0.1:81 disabled\n";

    [Fact]
    public void Plan_backend_of_servers_alone_is_added_from_3_5_on()
    {
        var step = Assert.IsType<AddBackend>(Assert.Single(Plan(Added, HaproxyVersion.V3_5).Steps));

        Assert.Equal("add backend app with 2 servers", step.Description);
        Assert.Equal(("base", null), (step.Defaults, step.Mode));
        Assert.All(step.Servers, server => Assert.Equal(["weight", "3"], server.Words.Take(2)));
        Assert.Equal("tcp", Assert.IsType<AddBackend>(Assert.Single(Plan("backend app from base\n  mode tcp\n", HaproxyVersion.V3_5).Steps)).Mode);
    }

    [Theory]
    [InlineData(Added, 3, 2)]
    [InlineData("backend app\n  server s1 127.0.0.1:80\n", 3, 5)]
    [InlineData("backend app from other\n  server s1 127.0.0.1:80\n", 3, 5)]
    [InlineData("backend app from base\n  option httplog\n  server s1 127.0.0.1:80\n", 3, 5)]
    [InlineData("backend app from base\n  server s1 node.example:80\n", 3, 5)]
    [InlineData("backend app from base\n.if 1\n  server s1 127.0.0.1:80\n.endif\n", 3, 5)]
    [InlineData("backend web from base\n  server s1 127.0.0.1:80\n", 3, 5)]
    public void Plan_backend_that_says_more_or_that_no_command_adds_needs_a_reload(string added, int major, int minor) =>
        Assert.True(Plan(added, new HaproxyVersion(major, minor)).NeedsReload);

    [Fact]
    public async Task SendAsync_says_all_that_3_5_needs_in_order()
    {
        await using var socket = FakeRuntimeSocket.AnsweringInTurn(
            "New backend registered.\n\n", "New server registered.\n\n", "\n", "\n", "New server registered.\n\n", "\n");
        var step = Assert.IsType<AddBackend>(Assert.Single(Plan(Added, HaproxyVersion.V3_5).Steps));

        Assert.True((await step.SendAsync(socket.Client(), CancellationToken.None)).IsSuccess);
        Assert.Equal(
            [
                "add backend app from base\n", "add server app/s1 127.0.0.1:80 weight 3 check\n", "enable health app/s1\n",
                "set server app/s1 state ready\n", "add server app/s2 127.0.0.1:81 weight 3\n", "publish backend app\n",
            ],
            socket.Lines);
    }

    [Fact]
    public async Task SendAsync_refusal_is_told_and_nothing_more_is_sent()
    {
        await using var socket = FakeRuntimeSocket.AnsweringInTurn("name is already used by other proxy 'frontend app'\n\n");
        var step = Assert.IsType<AddBackend>(Assert.Single(Plan(Added, HaproxyVersion.V3_5).Steps));

        var change = await step.SendAsync(socket.Client(), CancellationToken.None);

        Assert.Equal((RuntimeOutcome.Refused, "name is already used by other proxy 'frontend app'"), (change.Outcome, change.Message));
        Assert.Single(socket.Lines);
    }

    private static DeploymentPlan Plan(string added, HaproxyVersion version) => DeploymentPlanner.Plan(
        ConfigDocument.Parse(Before), ConfigDocument.Parse(Before + added), new RunningState
        {
            WorkerPid = 7,
            Version = version,
            Proxies = new HashSet<string> { "web" },
            Frontends = new Dictionary<string, RunningFrontend> { ["web"] = new("OPEN", 100, 0) },
            Servers = new Dictionary<(string, string), RunningServer>(),
        }, static _ => false);
}
