using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>The program that applies is killed at a random moment, and started again.</summary>
public sealed class KilledApplierTests
{
    private static readonly int[] ReloadsOfTen = [0, 2, 5, 10];

    /// <summary>
    /// Among the moments are all of them: while the candidate is checked, written, exchanged, the command sent, the reload watched, the change
    /// undone. The file is looked at before anybody repairs anything: HAProxy could be restarted with it at once.
    /// </summary>
    [Theory]
    [InlineData("2.6", 20)]
    [InlineData("3.0", 21)]
    [InlineData("3.2", 22)]
    public async Task ApplyAsync_program_killed_at_a_random_moment_and_started_again_ends_in_one_configuration(string branch, int seed)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var random = new Random(seed);
        var rounds = LongForm.Times(10, 110);
        var attempts = new List<FaultAttempt>();
        var outcomes = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var program = ApplierProgram.Start(bed, "app/s1", random.Next(), changes: 0, reloads: ReloadsOfTen[round % ReloadsOfTen.Length]);
            Assert.Equal("ready", await program.ReadLineAsync());

            // Into the first change, which takes long in a new process, or into a later one.
            var told = "";
            for (var before = random.Next(4); before > 0; before--)
                told += $"{await program.ReadLineAsync()}\n";
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 150));
            await program.KillAsync();
            told += await program.ReadToEndAsync();
            outcomes += told.Split("Applied ").Length - 1;
            Assert.DoesNotContain("RolledBack", told);
            Aftermath.AssertValid(bed, $"killed in round {round}");

            var again = await bed.StartAgainAsync();

            Assert.True(again.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, $"round {round}: {again}");
            attempts.Add(again);
            await Aftermath.AssertServesFileAsync(bed, $"round {round}, killed after {told.Split('\n').LastOrDefault(line => line.Length > 0)}: {again}");
            Assert.True(!bed.StrayFiles().Any(), $"round {round}: {string.Join(' ', bed.StrayFiles())}");
        }

        await Aftermath.AssertAsync(bed);
        LongForm.Tell($"HAProxy {branch}: killed {rounds} times among {outcomes} changes; started again: {FaultAttempt.Count(attempts)}");
    }
}
