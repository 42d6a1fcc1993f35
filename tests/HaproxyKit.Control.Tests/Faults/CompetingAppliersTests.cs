using HaproxyKit.Control.Tests.Support;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Two programs apply to one file at once, and an editor saves beside them.</summary>
public sealed class CompetingAppliersTests
{
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_two_programs_and_an_editor_at_once_lose_nothing_and_tell_the_truth(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var changes = LongForm.Times(15, 150);
        using var one = ApplierProgram.Start(bed, "app/s1", 1, changes, reloads: 1);
        using var other = ApplierProgram.Start(bed, "spare/s2", 2, changes, reloads: 1);
        Assert.Equal("ready", await one.ReadLineAsync());
        Assert.Equal("ready", await other.ReadLineAsync());
        var told = Task.WhenAll(one.ReadToEndAsync(), other.ReadToEndAsync());
        var saves = 0;
        while (!told.IsCompleted)
        {
            saves += await SaveAsync(bed.ConfigPath, saves);
            await Task.WhenAny(told, Task.Delay(60));
        }

        Assert.Equal(0, await one.WaitAsync());
        Assert.Equal(0, await other.WaitAsync());

        await Aftermath.AssertServesFileAsync(bed, string.Join('\n', await told));
        Assert.Contains($"# saves: {saves}\n", bed.Text, StringComparison.Ordinal);
        foreach (var (server, lines) in new[] { "s1", "s2" }.Zip(await told))
        {
            var outcomes = lines.Split('\n').Where(line => line.Contains($"/{server} 127.", StringComparison.Ordinal)).ToList();
            var last = outcomes.Last(line => line.StartsWith("Applied", StringComparison.Ordinal) || line.StartsWith("Unchanged", StringComparison.Ordinal));
            Assert.True(bed.Text.Contains($"server {server} {last.Split(' ')[2]}:", StringComparison.Ordinal), $"not the last one told: {last}");
            LongForm.Tell($"HAProxy {branch}, {server}: {string.Join(", ", lines.Split('\n').Where(l => l.Length > 0).Where(l => !l.StartsWith("holds")).CountBy(l => l.Split(' ')[0]))}");
        }

        Assert.True((await bed.StartAgainAsync()).Result!.Plan.IsEmpty);
        await Aftermath.AssertAsync(bed);
        LongForm.Tell($"{saves} saves");
    }

    /// <summary>Saves as a careful editor does: not over a file that is another one than it has read.</summary>
    private static async Task<int> SaveAsync(string path, int saves)
    {
        var file = new Control.Deployment.ConfigFile(path);
        var revision = await file.ReadAsync();
        var text = System.Text.Encoding.UTF8.GetString(revision.Content.Span);
        var next = (saves == 0 ? text + "# saves: 0\n" : text).Replace($"# saves: {saves}\n", $"# saves: {saves + 1}\n");
        return (await file.ReplaceAsync(revision, System.Text.Encoding.UTF8.GetBytes(next))).IsReplaced ? 1 : 0;
    }
}
