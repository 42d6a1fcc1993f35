using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>The file stands on a real file system that is full, or mounted for reading only.</summary>
public sealed class DiskFaultTests
{
    private const string Owned = "# of our own\nbackend ours\n  server s1 127.0.0.2:7001\n";
    private static readonly FaultChange Move = Managed(FaultBed.Replacing("127.0.0.2:7001", "127.0.0.3:7001"));

    /// <summary>With each size of what is left free, from nothing to enough, at runs against the wall at another step.</summary>
    [Theory]
    [MemberData(nameof(FaultBed.Changes), MemberType = typeof(FaultBed))]
    public async Task ApplyAsync_full_disk_changes_nothing_until_there_is_room(string branch, string kind)
    {
        using var disk = SmallDisk.Mount();
        await using var bed = await StartAsync(branch, disk);
        var change = kind == "move" ? Move : Managed(FaultBed.Open(Ports.Take()));
        var outcomes = new List<DeploymentOutcome?>();
        for (var free = 0; free < 8 && outcomes.LastOrDefault() != DeploymentOutcome.Applied; free++)
        {
            disk.Fill(free);

            var attempt = await FaultAttempt.OfAsync(bed.Deployer(), change.Request);

            outcomes.Add(attempt.Outcome);
            if (attempt.Outcome != DeploymentOutcome.Applied)
                Assert.True(attempt.Words.Contains("space", StringComparison.OrdinalIgnoreCase), $"with {free} pages: {attempt}");
            disk.Empty();
            await Aftermath.AssertAsync(bed, attempt, change);
        }

        Assert.True(outcomes is [not DeploymentOutcome.Applied, .., DeploymentOutcome.Applied], string.Join(' ', outcomes));
    }

    [Theory]
    [MemberData(nameof(FaultBed.Changes), MemberType = typeof(FaultBed))]
    public async Task ApplyAsync_read_only_folder_changes_nothing_until_it_may_be_written(string branch, string kind)
    {
        using var disk = SmallDisk.Mount();
        await using var bed = await StartAsync(branch, disk);
        var change = kind == "move" ? Move : Managed(FaultBed.Open(Ports.Take()));
        disk.Remount("ro");

        var refused = await FaultAttempt.OfAsync(bed.Deployer(), change.Request);

        Assert.False(refused.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, $"{refused}");
        Assert.Contains("read-only", refused.Words, StringComparison.OrdinalIgnoreCase);
        await Aftermath.AssertAsync(bed, refused, change);

        disk.Remount("rw");
        var attempt = await FaultAttempt.OfAsync(bed.Deployer(), change.Request);
        Assert.True(attempt.Outcome == DeploymentOutcome.Applied, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>The disk fills up when the change stands in the file, and HAProxy does not follow it: even then it is undone, or that is told.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_disk_full_when_the_change_has_to_be_undone_is_told(string branch)
    {
        using var disk = SmallDisk.Mount();
        await using var bed = await StartAsync(branch, disk);
        var change = Managed(FaultBed.Open(Ports.Take()));
        var deployer = bed.Deployer(new FaultParts
        {
            Reloader = real => new Deployment.ReloaderAround(real, () =>
            {
                disk.Fill(0);
                throw new Control.Runtime.RuntimeException(Control.Runtime.RuntimeFault.PermissionDenied, "the master cannot be asked");
            }),
        });

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        disk.Empty();
        Assert.True(attempt.Outcome == DeploymentOutcome.RolledBack, $"{attempt}");
        if (change.IsIn(bed.Text))
        {
            Assert.Contains(attempt.Result!.Diagnostics, d => d.Id == HaproxyKit.Diagnostics.DiagnosticIds.NotUndone);
            var again = await FaultAttempt.OfAsync(bed.Deployer(), new DeploymentRequest { Edit = change.Request.Undo!, Undo = change.Request.Edit });
            Assert.True(again.Outcome == DeploymentOutcome.Applied, $"{again}");
        }

        await Aftermath.AssertAsync(bed);
    }

    /// <summary>What stands in the operator's file is not ours.</summary>
    private static FaultChange Managed(FaultChange change) =>
        change with { Request = change.Request with { IsManaged = static name => name is not ("web" or "app" or "spare") } };

    private static Task<FaultBed> StartAsync(string branch, SmallDisk disk)
    {
        // A file of our own as the last -f, as is recommended.
        var path = Path.Combine(disk.Path, "ours.cfg");
        File.WriteAllText(path, Owned);
        return FaultBed.StartAsync(branch, setup: new HaproxySetup { Files = [], Arguments = ["-f", path] }, configPath: path);
    }
}
