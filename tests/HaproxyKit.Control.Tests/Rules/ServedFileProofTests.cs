using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>
/// Rule 6: that a worker serves this file is a fact and no guess, also on 2.6, also after somebody else's reload. The rule's own proof was an
/// owned, empty backend whose name holds the file's hash. It was not put in: each change of an address would have to change its name too, and a
/// name that is changed can be made live by nothing but a reload, so that the change at run time would have no proof, or cost a reload. What
/// stands for it, and is shown here: the identity of the worker and of its master's reloads is read before the file is written and after the
/// read-back, a reload that is loading is waited for, and whenever another worker serves than the one that was compared, everything that is
/// managed is compared anew.
/// </summary>
public sealed class ServedFileProofTests
{
    private const string Second = "second.cfg";

    public static TheoryData<string, string, bool> Changes { get; } = new(
        from branch in HaproxyPrograms.Branches
        from change in new[] { "move", "tune" }
        from byMaster in new[] { true, false }
        select (branch, change, byMaster));

    public static TheoryData<string, bool> Edits { get; } = new(
        from branch in HaproxyPrograms.Branches
        from wasCompared in new[] { true, false }
        select (branch, wasCompared));

    /// <summary>The worker that takes over has read the file as it was before the change, and comes after the change was told to its predecessor.</summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ApplyAsync_foreign_reload_that_has_read_the_older_file_is_not_taken_for_ours(string branch, string kind, bool byMaster)
    {
        await using var bed = await StartAsync(branch);
        var change = kind == "move" ? bed.Move() : FaultBed.Tune();
        var deployer = bed.Deployer(new FaultParts { ByMaster = byMaster });
        using var reload = await HeldReload.BeginAsync(bed.Instance, bed.Instance.ConfigPaths[1]);

        var applying = FaultAttempt.OfAsync(deployer, change.Request);
        await Eventually.TrueAsync(() => change.IsIn(bed.Text) || applying.IsCompleted, "the file is written");
        reload.LetGo();
        var attempt = await applying;

        Assert.True(attempt.Outcome is DeploymentOutcome.Applied, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>The operator puts a copy back and loads it, just when our command or our reload is on its way.</summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ApplyAsync_older_file_put_back_and_loaded_in_between_is_not_taken_for_ours(string branch, string kind, bool byMaster)
    {
        await using var bed = await StartAsync(branch);
        var backup = bed.Text;
        var change = kind == "move" ? bed.Move() : FaultBed.Tune();
        var isPutBack = false;
        async Task PutBackAsync()
        {
            if (!isPutBack)
            {
                isPutBack = true;
                await File.WriteAllTextAsync(bed.ConfigPath + ".copy", backup);
                File.Move(bed.ConfigPath + ".copy", bed.ConfigPath, overwrite: true);
                await bed.Instance.ReloadAsync();
            }
        }

        await using var stats = new ReplayedSocket(async line =>
        {
            if (line.StartsWith("set server", StringComparison.Ordinal))
            {
                await PutBackAsync();
            }

            return await UnixSocketCall.AskAsync(bed.Instance.StatsSocket, line);
        });
        var parts = new FaultParts
        {
            ByMaster = byMaster,
            Stats = new RuntimeClient(stats.Endpoint),
            Reloader = reloader => new ReloaderAround(reloader, PutBackAsync),
        };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(parts), change.Request);

        Assert.True(isPutBack);
        Assert.True(attempt.Outcome is DeploymentOutcome.Applied, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>Somebody writes another address by hand and loads nothing; the next change is about something else.</summary>
    [Theory]
    [MemberData(nameof(Edits))]
    public async Task ApplyAsync_file_changed_by_hand_and_not_loaded_is_served_when_another_change_is_applied(string branch, bool wasCompared)
    {
        await using var bed = await StartAsync(branch);
        var deployer = bed.Deployer();
        if (wasCompared)
        {
            Assert.Equal(DeploymentOutcome.Applied, (await FaultAttempt.OfAsync(deployer, Weight(10, 11).Request)).Outcome);
        }

        var edited = bed.Text.Replace($"server s1 127.0.0.2:{bed.Old.Port}", $"server s1 127.0.0.9:{bed.Old.Port}", StringComparison.Ordinal);
        Assert.NotEqual(bed.Text, edited);
        await File.WriteAllTextAsync(bed.ConfigPath, edited);
        var change = wasCompared ? Weight(11, 12) : Weight(10, 12);

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.True(attempt.Outcome is DeploymentOutcome.Applied, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    private static FaultChange Weight(int from, int to) => FaultBed.Replacing($"weight {from}\n", $"weight {to}\n");

    private static Task<FaultBed> StartAsync(string branch) => FaultBed.StartAsync(branch, setup: new HaproxySetup
    {
        Files = [new(Second, "backend theirs\n  server s9 127.0.0.9:9\n")],
    });
}
