using System.Diagnostics;
using System.Net;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Telemetry;
using HaproxyKit.Control.Tests.Reloading;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Telemetry;

public sealed class ControlTelemetryTests
{
    private const string CommandDuration = "haproxykit.runtime.command.duration";
    private const string Command = "haproxykit.command";
    private const string Server = "server.address";

    [Fact]
    public async Task Commands_are_measured_by_name_and_never_by_value()
    {
        const string Secret = "sesame-17";
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        using var heard = new TelemetryListener();

        await haproxy.Stats.ShowInfoAsync();
        await haproxy.Stats.SetServerAddressAsync("app", "s1", IPAddress.Parse("192.0.2.77"), 80, markUp: true);
        await haproxy.Stats.SendAsync([RuntimeCommand.Of("show", "info"), RuntimeCommand.Of("show", "stat")]);
        await haproxy.Stats.SendAsync(RuntimeCommand.Of(Secret, Secret));
        await using (var session = await haproxy.Stats.OpenSessionAsync())
            await session.SendAsync(RuntimeCommand.Of("get", "weight", "app/s1"));

        var commands = heard.Of(CommandDuration, Server, haproxy.Instance.StatsSocket);
        Assert.Equal(["show info", "set server", "BATCH", "_OTHER", "prompt", "get weight"], commands.Select(m => m.Tags[Command]));
        Assert.All(commands, m => Assert.True(m.Value is > 0 and < 5 && !m.Tags.ContainsKey("error.type"), $"{m.Value}"));
        var activity = Assert.Single(heard.Activities, a => a.DisplayName == "set server" && Equals(a.GetTagItem(Server), haproxy.Instance.StatsSocket));
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset), (activity.Kind, activity.Status));
        var told = heard.AllText();
        Assert.DoesNotContain(Secret, told);
        Assert.DoesNotContain("192.0.2.77", told);
        Assert.DoesNotContain("app", string.Join(' ', commands.SelectMany(m => m.Tags.Values)).Replace(haproxy.Instance.StatsSocket, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_without_a_whole_answer_say_what_went_wrong()
    {
        await using var half = FakeRuntimeSocket.Answering("Name: HAProxy\n");
        await using var silent = FakeRuntimeSocket.HangingAfter("");
        await using var deaf = FakeRuntimeSocket.HangingAfter("");
        using var folder = new TemporaryFolder();
        var nobody = RuntimeEndpoint.Unix(folder.File("none.sock"));
        using var heard = new TelemetryListener();

        await Assert.ThrowsAsync<RuntimeException>(() => half.Client().ShowInfoAsync());
        await Assert.ThrowsAsync<RuntimeException>(() => silent.Client(new RuntimeClientOptions { Timeout = TimeSpan.FromMilliseconds(50) }).ShowInfoAsync());
        await Assert.ThrowsAsync<RuntimeException>(() => new RuntimeClient(nobody).SetServerModeAsync("b", "s", ServerMode.Drain));
        using var stop = new CancellationTokenSource();
        var left = deaf.Client().ShowStatAsync(stop.Token);
        await Eventually.TrueAsync(() => deaf.Lines.Count == 1, "the command has come");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        Assert.Equal("Incomplete", Assert.Single(heard.Of(CommandDuration, Server, half.Endpoint.Path!)).Tags["error.type"]);
        Assert.Equal("TimedOut", Assert.Single(heard.Of(CommandDuration, Server, silent.Endpoint.Path!)).Tags["error.type"]);
        Assert.Equal("Canceled", Assert.Single(heard.Of(CommandDuration, Server, deaf.Endpoint.Path!)).Tags["error.type"]);
        Assert.Equal("Unreachable", Assert.Single(heard.Of(CommandDuration, Server, nobody.Path!)).Tags["error.type"]);
        var failed = Assert.Single(heard.Activities, a => Equals(a.GetTagItem(Server), nobody.Path));
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
    }

    [Theory]
    [InlineData("master socket", "master-socket")]
    [InlineData("signal alone", "signal")]
    [InlineData("systemd", "systemd")]
    [InlineData("command", "command")]
    public async Task Reloads_are_counted_by_strategy_reason_and_outcome(string way, string strategy)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.0");
        using var heard = new TelemetryListener();
        using var ours = new Activity("test").Start();

        var done = await haproxy.Reloader(way).ReloadAsync(new ReloadExpectation { Frontends = ["web"], Reason = ReloadReason.Change });
        haproxy.Write("backend b\n  no-such-keyword\n");
        var refused = await haproxy.Reloader(way).ReloadAsync(new ReloadExpectation { Reason = ReloadReason.Undo });
        File.WriteAllText(haproxy.Instance.ConfigPath, "backend torn");
        await haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None);

        Assert.Equal((true, false), (done.Succeeded, refused.Succeeded));
        var told = heard.Activities.Where(a => a.OperationName == "haproxykit.reload" && a.TraceId == ours.TraceId).ToList();
        Assert.Equal(
            [(strategy, "change", "succeeded"), (strategy, "undo", "failed"), (strategy, "requested", "refused")],
            told.Select(a => ($"{a.GetTagItem("haproxykit.reload.strategy")}", $"{a.GetTagItem("haproxykit.reload.reason")}", $"{a.GetTagItem("haproxykit.outcome")}")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error, ActivityStatusCode.Error], told.Select(a => a.Status));
        foreach (var (outcome, reason) in new[] { ("succeeded", "change"), ("failed", "undo"), ("refused", "requested") })
        {
            var counted = Assert.Single(heard.Of("haproxykit.reloads", "haproxykit.outcome", outcome), m => m.Tags[Server] == haproxy.Instance.StatsSocket);
            Assert.Equal((1, strategy, reason), (counted.Value, counted.Tags["haproxykit.reload.strategy"], counted.Tags["haproxykit.reload.reason"]));
            var lasted = Assert.Single(heard.Of("haproxykit.reload.duration", "haproxykit.outcome", outcome), m => m.Tags[Server] == haproxy.Instance.StatsSocket);
            Assert.Equal(strategy, lasted.Tags["haproxykit.reload.strategy"]);
        }
    }

    [Fact]
    public async Task Reloads_that_are_shared_tell_the_reason_of_the_first_that_asked()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        await using var gate = new CoalescingReloader(haproxy.Reloader("master socket"));
        using var heard = new TelemetryListener();
        using var ours = new Activity("test").Start();

        await gate.ReloadAsync(new ReloadExpectation { Reason = ReloadReason.Undo });

        var told = Assert.Single(heard.Activities, a => a.OperationName == "haproxykit.reload" && a.TraceId == ours.TraceId);
        Assert.Equal("undo", told.GetTagItem("haproxykit.reload.reason"));
    }

    [Fact]
    public void Revision_age_grows_by_itself_and_ends_when_forgotten()
    {
        var place = new ServerPlace($"/test/{Guid.NewGuid():N}.sock", 0);
        var time = new SteppedTime();
        using var heard = new TelemetryListener();
        ControlTelemetry.RevisionServed(place, time, time.GetUtcNow() - TimeSpan.FromSeconds(90));

        heard.Collect();
        ControlTelemetry.RevisionForgotten(place);
        heard.Collect();

        Assert.InRange(Assert.Single(heard.Of("haproxykit.revision.age", Server, place.Address)).Value, 90, 3600);
    }
}
