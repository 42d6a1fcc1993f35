using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// What must be so after any fault, seen without the code under test: HAProxy accepts the file, serves what it says, the caller was told which of
/// both configurations that is, and nothing is left behind.
/// </summary>
internal static class Aftermath
{
    private static readonly TimeSpan EndOfOldWorkers = TimeSpan.FromSeconds(15);

    /// <summary>Fails unless all of it is so.</summary>
    /// <param name="bed">The HAProxy; it must run.</param>
    /// <param name="attempt">What the caller was told, or null where nobody was told anything.</param>
    /// <param name="change">What was asked for.</param>
    internal static async Task AssertAsync(FaultBed bed, FaultAttempt? attempt = null, FaultChange? change = null)
    {
        var said = attempt?.ToString() ?? "nobody was told anything";
        if (attempt is not null && change is not null)
        {
            AssertTold(bed, attempt, change);
        }

        await AssertServesFileAsync(bed, said);
        AssertValid(bed, said);
        await AssertNothingLeftAsync(bed, said);
    }

    internal static void AssertTold(FaultBed bed, FaultAttempt attempt, FaultChange change)
    {
        var isIn = change.IsIn(bed.Text);
        switch (attempt.Outcome)
        {
            case DeploymentOutcome.Applied or DeploymentOutcome.Unchanged:
                Assert.True(isIn, $"not in the file, although: {attempt}");
                break;
            case DeploymentOutcome.Unreachable:
                Assert.True(attempt.Words.Length > 0, $"not said why: {attempt}");
                break;
            default:
                Assert.False(isIn, $"in the file, although: {attempt}");
                Assert.True(attempt.Words.Length > 0, $"not said why: {attempt}");
                break;
        }

        if (attempt.Result is { } result)
        {
            Assert.True(result.Revision == ConfigRevision.HashOf(File.ReadAllBytes(bed.ConfigPath)), $"another revision stands in the file: {attempt}");
        }
    }

    internal static async Task AssertServesFileAsync(FaultBed bed, string said)
    {
        await SettleAsync(bed, said);
        var differences = await ServedConfiguration.DifferencesAsync(bed.Instance);
        Assert.True(differences.Count == 0, $"HAProxy does not serve what its files say ({string.Join("; ", differences)}), and: {said}");
    }

    internal static void AssertValid(FaultBed bed, string said)
    {
        var files = HaproxyProcesses.FilesOf(bed.Instance).SelectMany(file => new[] { "-f", file });
        var (code, output) = Shell.Try(bed.Instance.Program, ["-c", .. files]);
        Assert.True(code == 0, $"HAProxy refuses the file: {output}\nand: {said}");
    }

    /// <summary>Neither a file nor a process: a master, a worker, and no more once the old ones have had their time.</summary>
    internal static async Task AssertNothingLeftAsync(FaultBed bed, string said)
    {
        await Eventually.TrueAsync(
            () => HaproxyProcesses.Of(bed.Instance).Count == 2, $"a master and one worker are left, after: {said}", EndOfOldWorkers);

        // The check of what commands did, a moment later, has a file while it runs.
        await Eventually.EqualAsync("", () => Task.FromResult(string.Join(' ', bed.StrayFiles())), $"what is left behind, after: {said}");
    }

    /// <summary>Waits until the master has loaded, and its newest worker is the one that answers.</summary>
    internal static Task SettleAsync(FaultBed bed, string said) => Eventually.TrueAsync(
        async () =>
        {
            var lines = (await bed.Instance.AskMasterAsync("show proc"))?.Split('\n') ?? [];
            var workers = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words is [_, "worker", ..]).ToList();

            // After a reload that failed the worker that survives is shown among the old ones from 3.1 on.
            var newest = workers.OrderBy(words => int.Parse(words[2])).ThenByDescending(words => int.Parse(words[0])).FirstOrDefault();
            return newest is not null && newest[0] == $"{await bed.Instance.WorkerPidAsync()}";
        },
        $"the newest worker serves, after: {said}");
}
