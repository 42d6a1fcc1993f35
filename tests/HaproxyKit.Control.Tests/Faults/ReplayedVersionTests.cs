using System.Text.RegularExpressions;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// The road of an apply over what HAProxy 3.5 was seen to answer. A real 3.2 stands behind, so that every answer that is not replayed is a true
/// one, and what is asked for is really done.
/// </summary>
public sealed partial class ReplayedVersionTests
{
    private const string Version = "3.5-dev5-50872da";

    [Fact]
    public async Task ApplyAsync_answers_of_3_5_to_a_new_address_are_successes()
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        await using var stats = Stats(bed);
        var deployer = bed.Deployer(new FaultParts { Stats = new RuntimeClient(stats.Endpoint) });
        var spare = Ports.Take();
        FaultChange[] changes =
        [
            bed.Move(),
            FaultBed.Replacing($"server s1 127.0.0.3:{bed.Old.Port}", $"server s1 127.0.0.3:{spare}"),
            FaultBed.Replacing($"server s1 127.0.0.3:{spare}", $"server s1 127.0.0.4:{bed.Old.Port}"),
        ];
        foreach (var change in changes)
        {
            var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

            Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: false }, $"{attempt}");
            await Aftermath.AssertAsync(bed, attempt, change);
        }

        Assert.Contains(stats.Asked, line => line.StartsWith("set server app/s1 addr", StringComparison.Ordinal));

        // Somebody has set the address by hand that the next change asks for: 3.5 says that nothing changed, which is as good.
        await bed.Instance.AskAsync($"set server app/s1 addr 127.0.0.5 port {bed.Old.Port}");
        var same = FaultBed.Replacing("server s1 127.0.0.4:", "server s1 127.0.0.5:");
        var again = await FaultAttempt.OfAsync(deployer, same.Request);
        Assert.True(again is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: false }, $"{again}");
        await Aftermath.AssertAsync(bed, again, same);
    }

    [Theory]
    [InlineData("Invalid addr '127.0.0.3'\n\n")]
    [InlineData("No such server.\n\n")]
    [InlineData("Permission denied\n\n")]
    [InlineData("Unknown command: 'set server', but maybe one of the following ones is a better match:\n  set weight\n\n")]
    [InlineData("The command line is too big for the buffer size. Please change tune.bufsize\n\n")]
    public async Task ApplyAsync_refusals_of_3_5_are_reloaded_instead(string refusal)
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        await using var stats = Stats(bed, line => line.StartsWith("set server", StringComparison.Ordinal) ? refusal : null);
        var change = bed.Move();

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(new FaultParts { Stats = new RuntimeClient(stats.Endpoint) }), change.Request);

        Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    [Theory]
    [InlineData("Success=1\n--\n[NOTICE]   (1) : haproxy version is 3.5-dev5-50872da\n\n", true)]
    [InlineData("Success=0\n--\n[ALERT]    (1) : config : parsing [/x.cfg:3] : unknown keyword 'maxcon' in 'global' section\n\n", false)]
    public async Task ApplyAsync_answers_of_3_5_to_a_reload_are_believed(string said, bool isDone)
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        await using var stats = Stats(bed);
        await using var master = new ReplayedSocket(async line =>
        {
            if (line != "reload")
                return await UnixSocketCall.AskAsync(bed.Instance.MasterSocket, line);
            if (isDone)
                await bed.Instance.AskMasterAsync("reload");
            return said;
        });
        var change = FaultBed.Open(Ports.Take());
        var parts = new FaultParts { Stats = new RuntimeClient(stats.Endpoint), Master = master.Endpoint };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(parts), change.Request);

        Assert.Contains("reload", master.Asked);
        Assert.True(attempt.Outcome == (isDone ? DeploymentOutcome.Applied : DeploymentOutcome.RolledBack), $"{attempt}");
        Assert.True(isDone || attempt.Words.Contains("unknown keyword 'maxcon'", StringComparison.Ordinal), $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>The master of 3.5 ends with an empty answer, and all its workers with it.</summary>
    [Fact]
    public async Task ApplyAsync_master_of_3_5_that_ends_at_a_reload_is_told_and_leaves_a_file_to_start_with()
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        await using var stats = Stats(bed);
        await using var master = new ReplayedSocket(async line =>
        {
            if (line != "reload")
                return await UnixSocketCall.AskAsync(bed.Instance.MasterSocket, line);
            await bed.Instance.KillAsync();
            return null;
        });
        var change = FaultBed.Open(Ports.Take());
        var parts = new FaultParts { Stats = new RuntimeClient(stats.Endpoint), Master = master.Endpoint, ReloadTimeout = TimeSpan.FromSeconds(2) };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(parts), change.Request);

        Assert.True(attempt.Outcome is DeploymentOutcome.Unreachable or DeploymentOutcome.RolledBack, $"{attempt}");
        Aftermath.AssertTold(bed, attempt, change);
        await bed.Instance.RestartAsync();
        await Aftermath.AssertAsync(bed);
    }

    /// <summary>Somebody's torn file was loaded: the next connection to the master's socket would be the end of a 3.5.</summary>
    [Theory]
    [InlineData("move")]
    [InlineData("open")]
    public async Task ApplyAsync_master_of_3_5_with_a_torn_file_is_not_spoken_to(string kind)
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        await using var stats = Stats(bed);
        var worker = await bed.Instance.WorkerPidAsync();
        var deadly = new List<string>();
        await using var master = new ReplayedSocket(async line =>
        {
            // A worker that has loaded better files shows that the master has, too.
            if (await bed.Instance.WorkerPidAsync() == worker)
                deadly.Add(line);
            return await UnixSocketCall.AskAsync(bed.Instance.MasterSocket, line);
        });
        var whole = bed.Text;
        File.WriteAllText(bed.ConfigPath, whole + "# no end of line");
        var change = kind == "move" ? bed.Move() : FaultBed.Adding($"\nfrontend more\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend app\n");
        var parts = new FaultParts { Stats = new RuntimeClient(stats.Endpoint), Master = master.Endpoint, ReloadTimeout = TimeSpan.FromSeconds(2) };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(parts), change.Request);

        Assert.True(attempt.Outcome is DeploymentOutcome.Rejected or DeploymentOutcome.Applied, $"{attempt}");
        Assert.True(deadly.Count == 0, $"asked: {string.Join("; ", deadly)}, and: {attempt}");
        Aftermath.AssertTold(bed, attempt, change);
    }

    private static ReplayedSocket Stats(FaultBed bed, Func<string, string?>? refuse = null) => new(async line =>
    {
        if (refuse?.Invoke(line) is { } refusal)
            return refusal;
        var answer = await UnixSocketCall.AskAsync(bed.Instance.StatsSocket, line);
        return answer is null ? null : As3Dot5(VersionLine().Replace(answer, $"Version: {Version}"));
    });

    /// <summary>3.5 tells only what changed, or that nothing did, and not by whom.</summary>
    private static string As3Dot5(string answer)
    {
        if (!answer.Contains(" by 'stats socket command'", StringComparison.Ordinal))
            return answer;
        var kept = answer.TrimEnd('\n').Replace(" by 'stats socket command'", "").Split(", ").Where(part => !part.StartsWith("no need", StringComparison.Ordinal)).ToList();
        return (kept.Count == 0 ? "nothing changed" : string.Join(", ", kept) + " by 'stats socket command'") + "\n\n";
    }

    [GeneratedRegex("^Version: .*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex VersionLine();
}
