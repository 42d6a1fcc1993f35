using HaproxyKit.Control.Deployment;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Somebody else saves the file between our reading and our writing, in every way in which editors do.</summary>
public sealed class EditorFaultTests
{
    private const string Saved = "# the operator was here\n";

    /// <summary>Every branch with every way to save and every kind of change.</summary>
    public static TheoryData<string, string, string> Saves { get; } = new(
        from branch in HaproxyPrograms.Branches
        from save in new[] { "rename", "in place", "slowly in place", "delete and write" }
        from change in branch == "2.6" ? new[] { "move", "open" } : ["open"]
        select (branch, save, change));

    [Theory]
    [MemberData(nameof(Saves))]
    public async Task ApplyAsync_editor_that_saves_in_between_loses_nothing_and_the_change_is_made_on_its_save(string branch, string save, string kind)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var change = bed.Change(kind);
        Task? saving = null;
        var request = change.Request with
        {
            Edit = document =>
            {
                // The file has been read, and is not written yet.
                saving ??= SaveAsync(save, bed.ConfigPath, bed.Text + Saved);
                return change.Request.Edit(document);
            },
        };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(), request);

        await saving!;
        Assert.True(attempt.Outcome == DeploymentOutcome.Applied, $"{attempt}");
        Assert.Contains(Saved, bed.Text, StringComparison.Ordinal);
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>Another change of the operator's, which takes a reload, goes live with ours that takes one too.</summary>
    [Theory]
    [InlineData("2.6")]
    [InlineData("3.2")]
    public async Task ApplyAsync_operators_change_meanwhile_goes_with_ours(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var open = FaultBed.Open(Ports.Take());
        var saves = 0;
        var request = open.Request with
        {
            Edit = document =>
            {
                if (saves++ == 0)
                    File.WriteAllText(bed.ConfigPath, bed.Text.Replace("maxconn 200", "maxconn 190"));
                return open.Request.Edit(document);
            },
        };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(), request);

        Assert.True(attempt.Outcome == DeploymentOutcome.Applied, $"{attempt}");
        Assert.Contains("maxconn 190", bed.Text, StringComparison.Ordinal);
        await Aftermath.AssertAsync(bed, attempt, open);
    }

    [Fact]
    public async Task ApplyAsync_editor_that_never_stops_saving_is_told_and_keeps_its_last_save()
    {
        await using var bed = await FaultBed.StartAsync("2.6");
        var change = bed.Move();
        var saves = 0;
        var request = change.Request with
        {
            Edit = document =>
            {
                File.WriteAllText(bed.ConfigPath, bed.Text.Split("# save ")[0] + $"# save {++saves}\n");
                return change.Request.Edit(document);
            },
        };

        var attempt = await FaultAttempt.OfAsync(bed.Deployer(), request);

        Assert.True(attempt.Outcome == DeploymentOutcome.Rejected, $"{attempt}");
        Assert.EndsWith($"# save {saves}\n", bed.Text, StringComparison.Ordinal);
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    private static async Task SaveAsync(string how, string path, string text)
    {
        switch (how)
        {
            case "rename":
                File.WriteAllText(path + ".swp", text);
                File.Move(path + ".swp", path, overwrite: true);
                break;
            case "in place":
                File.WriteAllText(path, text);
                break;
            case "delete and write":
                File.Delete(path);
                File.WriteAllText(path, text);
                break;
            default:
                await using (var file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)))
                {
                    foreach (var half in new[] { text[..(text.Length / 2)], text[(text.Length / 2)..] })
                    {
                        await file.WriteAsync(half);
                        await file.FlushAsync();
                        await Task.Delay(60);
                    }
                }

                break;
        }
    }
}
