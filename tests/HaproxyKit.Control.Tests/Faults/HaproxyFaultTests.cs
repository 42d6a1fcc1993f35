using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>HAProxy itself fails: it is absent, killed, hangs in its reload, or its new worker dies at once.</summary>
public sealed class HaproxyFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>
    /// A script that the worker runs, and every check passes: it waits at a FIFO while there is one, and ends the process once it serves where
    /// a file says so.
    /// </summary>
    private const string Script = """
        local gate = io.open("DIR/gate", "r")
        if gate then gate:read("*a") gate:close() end
        core.register_task(function()
          local die = io.open("DIR/die", "r")
          if die then die:close() os.exit(1) end
        end)
        """;

    [Theory]
    [MemberData(nameof(FaultBed.Changes), MemberType = typeof(FaultBed))]
    public async Task ApplyAsync_HAProxy_absent_leaves_a_file_with_which_it_starts_and_serves(string branch, string kind)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var deployer = bed.Deployer();
        await FaultAttempt.OfAsync(deployer, FaultBed.Tune().Request);
        await bed.Instance.StopAsync();
        var change = bed.Change(kind);

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);
        Assert.True(attempt.Outcome == DeploymentOutcome.Unreachable, $"{attempt}");
        Aftermath.AssertTold(bed, attempt, change);

        var bad = FaultBed.Replacing("maxconn 201", "maxcon 201");
        var refused = await FaultAttempt.OfAsync(deployer, bad.Request);
        Assert.True(refused.Outcome == DeploymentOutcome.Rejected, $"{refused}");
        Aftermath.AssertTold(bed, refused, bad);

        await bed.Instance.RestartAsync();
        await Aftermath.AssertAsync(bed);
        var again = await FaultAttempt.OfAsync(deployer, change.Request);
        Assert.True(again.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, $"{again}");
        await Aftermath.AssertAsync(bed, again, change);
    }

    /// <summary>A master that loads is waited for as long as its time limit says; one that has ended would make every change wait as long.</summary>
    [Fact]
    public async Task InvocationSource_master_that_has_ended_is_not_waited_for()
    {
        await using var bed = await FaultBed.StartAsync("2.6");
        await bed.Instance.StopAsync();
        Assert.True(File.Exists(bed.Instance.PidFile));
        var watch = new WorkerWatch(
            new RuntimeClient(RuntimeEndpoint.Unix(bed.Instance.StatsSocket)), new MasterClient(RuntimeEndpoint.Unix(bed.Instance.MasterSocket)));
        var source = new InvocationSource(new HaproxyOptions { PidFile = bed.Instance.PidFile }, watch, new SteppedTime());

        var reading = await source.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Control.Checking.InvocationFault.ProcessGone, reading.Fault);
    }

    /// <summary>At moments spread over the whole of an apply, from before the first question to after the last.</summary>
    [Theory]
    [MemberData(nameof(FaultBed.Changes), MemberType = typeof(FaultBed))]
    public async Task ApplyAsync_HAProxy_killed_meanwhile_ends_in_a_file_with_which_it_starts_and_serves(string branch, string kind)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var deployer = bed.Deployer(new FaultParts { ReloadTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(DeploymentOutcome.Applied, (await FaultAttempt.OfAsync(deployer, FaultBed.Tune().Request)).Outcome);
        var random = new Random(17);
        var rounds = LongForm.Times(3, 25);
        var attempts = new List<FaultAttempt>();
        for (var round = 0; round < rounds; round++)
        {
            var change = kind == "move" && round % 2 == 1 ? FaultBed.Replacing("server s1 127.0.0.3", "server s1 127.0.0.2") : bed.Change(kind);
            var longest = kind == "move" ? 8 : 250;
            var lead = TimeSpan.FromMilliseconds(random.NextDouble() * longest);
            var applying = FaultAttempt.OfAsync(deployer, change.Request);
            await Task.Delay(lead);
            await bed.Instance.KillAsync();

            var attempt = await applying;

            Assert.True(attempt.Duration < TimeSpan.FromSeconds(60), $"killed after {lead}: {attempt}");
            Aftermath.AssertTold(bed, attempt, change);
            attempts.Add(attempt);
            await bed.Instance.RestartAsync();
            await Aftermath.AssertAsync(bed);
        }

        LongForm.Tell($"HAProxy {branch} killed {rounds} times during '{kind}': {FaultAttempt.Count(attempts)}");
    }

    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public async Task ApplyAsync_reload_that_never_ends_is_given_up_and_undone(string branch)
    {
        await using var bed = await StartWithScriptAsync(branch);
        var gate = folder.File("gate");
        var change = FaultBed.Open(Ports.Take());
        var deployer = bed.Deployer(new FaultParts
        {
            ReloadTimeout = TimeSpan.FromSeconds(1),
            Reloader = real => new ReloaderAround(real, () =>
            {
                if (!File.Exists(gate))
                    Shell.Run("mkfifo", gate);
                return Task.CompletedTask;
            }),
        });

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.True(attempt.Outcome is DeploymentOutcome.RolledBack or DeploymentOutcome.Unreachable, $"{attempt}");
        Aftermath.AssertTold(bed, attempt, change);
        Assert.False(change.IsIn(bed.Text), $"{attempt}");
        Assert.Equal("old", await HttpProbe.AskAsync(bed.Port));
        Assert.Empty(await ServedConfiguration.DifferencesAsync(bed.Instance));

        // What it loads in the end is not what stands in the file then; whoever looks next brings both together.
        File.Move(gate, gate + "-open");
        using var opened = await Task.Run(() => File.OpenHandle(gate + "-open", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
        opened.Dispose();
        await Aftermath.SettleAsync(bed, $"{attempt}");
        var repaired = await bed.StartAgainAsync();
        Assert.True(repaired.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, $"{repaired}");
        File.Delete(gate + "-open");
        await Aftermath.AssertAsync(bed);
    }

    /// <summary>HAProxy's master ends with a worker that dies, unless it is told not to; then the service manager starts it again.</summary>
    [Theory]
    [InlineData("2.6", true)]
    [InlineData("2.6", false)]
    [InlineData("3.0", true)]
    [InlineData("3.0", false)]
    [InlineData("3.2", true)]
    [InlineData("3.2", false)]
    public async Task ApplyAsync_new_worker_that_dies_at_once_is_no_success(string branch, bool masterEnds)
    {
        await using var bed = await StartWithScriptAsync(branch, masterEnds ? "" : "global\n  master-worker no-exit-on-failure\n");
        var die = folder.File("die");
        var change = FaultBed.Open(Ports.Take());
        var deployer = bed.Deployer(new FaultParts
        {
            ReloadTimeout = TimeSpan.FromSeconds(3),
            Reloader = real => new ReloaderAround(real, () =>
            {
                File.WriteAllText(die, "");
                return Task.CompletedTask;
            }),
        });

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.True(attempt.Outcome is DeploymentOutcome.RolledBack or DeploymentOutcome.Unreachable, $"{attempt}");
        Aftermath.AssertTold(bed, attempt, change);
        File.Delete(die);
        await bed.Instance.RestartAsync();
        await Aftermath.AssertAsync(bed);
        Assert.Equal("old", await HttpProbe.AskAsync(bed.Port));
    }

    public void Dispose() => folder.Dispose();

    private Task<FaultBed> StartWithScriptAsync(string branch, string more = "")
    {
        var script = folder.Write("script.lua", Script.Replace("DIR", folder.Path));
        return FaultBed.StartAsync(branch, $"{more}global\n  lua-load {script}\n");
    }
}
