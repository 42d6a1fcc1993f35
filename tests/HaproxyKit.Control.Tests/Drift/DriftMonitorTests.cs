using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Control.Tests.Telemetry;
using HaproxyKit.Testing;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Tests.Drift;

public sealed class DriftMonitorTests
{
    private static readonly DriftMonitorOptions Often =
        new() { Interval = TimeSpan.FromMilliseconds(20), WatchInterval = TimeSpan.FromMilliseconds(10) };

    /// <summary>It looks at the interval once in a test at most, so that what it sees between is the reload's doing.</summary>
    private static readonly DriftMonitorOptions Seldom =
        new() { Interval = TimeSpan.FromHours(1), WatchInterval = TimeSpan.FromMilliseconds(10) };

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Current_since_when_stays_over_looks_until_it_is_mended(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        using var heard = new TelemetryListener();
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch, options: Often, logger: loggers.CreateLogger<DriftMonitor>());
        Assert.Null(monitor.Current);
        await monitor.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => monitor.Current is { HasDrift: false }, "the first look");

        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.99");
        await Eventually.TrueAsync(() => monitor.Current!.HasDrift, "the drift is seen");
        var first = monitor.Current!;
        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.98");
        await Eventually.TrueAsync(
            () => monitor.Current is { Items: [{ HaproxySays: "192.0.2.98:80" }] } now && now.CheckedAt > first.CheckedAt, "it is looked again");
        var later = monitor.Current!;
        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.1");
        await Eventually.TrueAsync(() => !monitor.Current!.HasDrift, "it is mended");
        await monitor.StopAsync(CancellationToken.None);

        Assert.Equal(Assert.Single(first.Items).Since, Assert.Single(later.Items).Since);
        Assert.InRange(first.Items[0].Since, DateTimeOffset.UtcNow - TimeSpan.FromMinutes(2), first.CheckedAt);
        var told = log.Lines.Where(line => line.Contains("moved/m1", StringComparison.Ordinal) || line.Contains("follows", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, told.Count);
        Assert.StartsWith("Warning HAProxy and its file differ. server moved/m1: the file says 192.0.2.1:80, HAProxy says 192.0.2.99:80", told[0]);
        Assert.StartsWith("Information HAProxy follows its file again.", told[2]);
        var gauge = heard.Of("haproxykit.drift", "haproxykit.drift.kind", "server-address")
            .Where(m => m.Tags["server.address"] == haproxy.Deployed.Instance.StatsSocket).Select(m => m.Value).ToList();
        Assert.Equal((0, 1, 0), (gauge[0], gauge.Max(), gauge[^1]));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Current_reload_by_somebody_else_is_looked_at_at_once(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);
        using var heard = new TelemetryListener();
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch, options: Seldom);
        await using var changes = monitor.ChangesAsync(CancellationToken.None).GetAsyncEnumerator();
        var change = changes.MoveNextAsync().AsTask();
        await monitor.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => monitor.Current is not null, "the first look");
        var before = monitor.Current!;
        await change;

        // Somebody sets an address by hand, edits the file, and reloads: the file is served, and what was set is gone.
        change = changes.MoveNextAsync().AsTask();
        var worker = await haproxy.Deployed.Instance.ReloadAsync();
        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.99");
        Assert.True(await change.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(worker, changes.Current.WorkerPid);
        Assert.NotEqual(before.WorkerPid, worker);
        Assert.Single(
            heard.Of("haproxykit.reloads", "haproxykit.reload.reason", "foreign"), m => m.Tags["server.address"] == haproxy.Deployed.Instance.StatsSocket);
        await monitor.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Current_reload_of_our_own_is_looked_at_and_not_called_somebody_else_s()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("3.0");
        using var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch, options: Seldom, logger: loggers.CreateLogger<DriftMonitor>());
        await monitor.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => monitor.Current is not null, "the first look");

        var reload = await new MasterSocketReloader(haproxy.Watch).ReloadAsync(ReloadExpectation.None);
        await Eventually.TrueAsync(() => monitor.Current!.WorkerPid == reload.NewWorkerPid, "it is looked after the reload");
        Assert.DoesNotContain(log.Lines, line => line.Contains("Somebody else", StringComparison.Ordinal));

        var foreign = await haproxy.Deployed.Instance.ReloadAsync();
        await Eventually.TrueAsync(() => monitor.Current!.WorkerPid == foreign, "it is looked after somebody else's");
        Assert.Single(log.Lines, line => line.Contains("Somebody else", StringComparison.Ordinal));
        await monitor.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task LookAsync_edit_since_the_last_deployment_is_told_with_the_time_of_the_edit()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6");
        var deployed = haproxy.Document;
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch, _ => new(deployed));
        Assert.Empty((await monitor.LookAsync()).Items);

        haproxy.Edit("timeout client 60s", "timeout client 61s");
        var first = await monitor.LookAsync();
        haproxy.Edit("timeout client 61s", "timeout client 62s");
        var second = await monitor.LookAsync();

        Assert.Equal("defaults: timeout client: it was changed in the file", $"{Assert.Single(first.Items)}");
        Assert.Equal(first.Items, second.Items);
    }

    [Fact]
    public async Task LookAsync_deployment_that_is_on_its_way_is_waited_for()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6");
        var isDeploying = true;
        var asked = 0;
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch)
        {
            IsDeploying = () =>
            {
                asked++;
                return Volatile.Read(ref isDeploying);
            },
        };

        var looking = monitor.LookAsync();
        await Eventually.TrueAsync(() => asked > 2, "it waits");
        Assert.False(looking.IsCompleted);
        Volatile.Write(ref isDeploying, false);

        Assert.Empty((await looking).Items);
    }

    /// <summary>The file tells what another process has closed or opened; what we closed ourselves is older, but while a deployment is on its way.</summary>
    [Fact]
    public async Task LookAsync_frontends_that_the_file_tells_to_be_closed_are_nobodys_doing()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("3.0");
        IReadOnlySet<string> inFile = new HashSet<string>(StringComparer.Ordinal) { "web" };
        IReadOnlySet<string> byUs = new HashSet<string>(StringComparer.Ordinal);
        var isDeploying = false;
        var options = new DriftMonitorOptions { ClosedFrontends = _ => inFile };

        // The first to ask, which would wait, is told of none, so that it is looked while one is on its way.
        var asked = 0;
        using var monitor = new DriftMonitor(haproxy.Detector, haproxy.Watch, options: options)
        {
            ClosedFrontends = () => byUs,
            IsDeploying = () => isDeploying && asked++ > 0,
        };

        await haproxy.SayAsync("disable frontend web");
        Assert.Empty((await monitor.LookAsync()).Items);
        (inFile, byUs) = (byUs, inFile);
        Assert.Equal(["frontend web: the file says open, HAProxy says PAUSED (by hand)"], await LookAsync());
        isDeploying = true;
        Assert.Empty(await LookAsync());
        isDeploying = false;
        await haproxy.SayAsync("enable frontend web");
        Assert.Empty(await LookAsync());
        inFile = byUs;
        Assert.Equal(["frontend web: the file says closed, HAProxy says OPEN"], await LookAsync());

        async Task<IEnumerable<string>> LookAsync() => (await monitor.LookAsync()).Items.Select(item => $"{item}");
    }

    [Fact]
    public void Constructor_intervals_that_make_no_sense_are_refused()
    {
        var watch = new WorkerWatch(new Control.Runtime.RuntimeClient(Control.Runtime.RuntimeEndpoint.Unix("/none.sock")));
        var detector = new DriftDetector(new Control.Deployment.ConfigFile("/none.cfg"), watch);

        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftMonitor(detector, watch, options: new DriftMonitorOptions { Interval = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftMonitor(detector, watch, options: new DriftMonitorOptions { WatchInterval = TimeSpan.Zero }));
    }
}
