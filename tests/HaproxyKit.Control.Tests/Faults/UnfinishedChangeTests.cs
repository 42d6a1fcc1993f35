using HaproxyKit.Control.Deployment;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// The program that applies is killed exactly between writing the file and having HAProxy read it, at a change that shows in no proxy: by its
/// servers and frontends HAProxy is as the file says, and yet it does not serve the file.
/// </summary>
public sealed class UnfinishedChangeTests
{
    private const int Limit = 231;

    /// <summary>Every branch, with what the program does first when it was started again.</summary>
    public static TheoryData<string, string> Starts { get; } = new(
        from branch in HaproxyPrograms.Branches
        from first in new[] { "nothing", "move" }
        select (branch, first));

    public static TheoryData<string> HaproxyBranches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task ApplyAsync_after_a_death_between_file_and_reload_serves_what_global_says(string branch, string first)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        using (var program = ApplierProgram.StartDying(bed, Limit))
        {
            Assert.Equal("", await program.ReadToEndAsync());
            Assert.NotEqual(0, await program.WaitAsync());
        }

        Assert.Contains($"maxconn {Limit}\n", bed.Text, StringComparison.Ordinal);
        Assert.NotEqual(Limit, await ServedLimitAsync(bed));

        var change = first == "move" ? bed.Move() : null;
        var attempt = change is null ? await bed.StartAgainAsync() : await FaultAttempt.OfAsync(bed.Deployer(), change.Request);

        Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"{attempt}");
        Assert.Equal(Limit, await ServedLimitAsync(bed));
        await Aftermath.AssertAsync(bed, attempt, change);

        // Once is enough: the next change needs no reload any more, in this program or another.
        Assert.True((await bed.StartAgainAsync()).Result is { Outcome: DeploymentOutcome.Unchanged, Reloaded: false, Plan.IsEmpty: true });
    }

    /// <summary>Two programs work on one file, and the other one was at work before and after.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranches))]
    public async Task ApplyAsync_of_a_program_that_lives_on_serves_what_global_says_after_the_death_of_another(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var living = bed.Deployer();
        Assert.Equal(DeploymentOutcome.Applied, (await FaultAttempt.OfAsync(living, bed.Move().Request)).Outcome);
        using (var program = ApplierProgram.StartDying(bed, Limit))
        {
            Assert.NotEqual(0, await program.WaitAsync());
        }

        var change = bed.Move();
        var attempt = await FaultAttempt.OfAsync(living, change.Request);

        Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"{attempt}");
        Assert.Equal(Limit, await ServedLimitAsync(bed));
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    private static async Task<int> ServedLimitAsync(FaultBed bed)
    {
        const string Name = "Maxconn: ";
        var line = (await bed.Instance.AskAsync("show info"))!.Split('\n').Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return int.Parse(line[Name.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
