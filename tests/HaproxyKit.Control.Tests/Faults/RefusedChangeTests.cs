using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>HAProxy refuses the candidate, or what it was accepted with is gone when HAProxy loads it.</summary>
public sealed class RefusedChangeTests
{
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_candidate_refused_changes_nothing(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var worker = await bed.Instance.WorkerPidAsync();
        FaultChange[] refused =
        [
            FaultBed.Replacing("maxconn 200", "maxcon 200"),
            FaultBed.Adding($"frontend f\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend nowhere\n"),
            FaultBed.Adding("backend more\n  server s1 127.0.0.2:1 \"unclosed\n"),
            FaultBed.Adding("backend half"),
            FaultBed.Adding("userlist u\n  user a insecure-password b groups none\n"),
        ];
        foreach (var change in refused)
        {
            var attempt = await FaultAttempt.OfAsync(bed.Deployer(), change.Request);

            Assert.True(attempt.Outcome == DeploymentOutcome.Rejected, $"{attempt}");
            await Aftermath.AssertAsync(bed, attempt, change);
        }

        Assert.Equal(worker, await bed.Instance.WorkerPidAsync());
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_operators_typo_stops_a_reload_and_no_command_and_is_told_as_the_operators(string branch)
    {
        const string Typo = "backend theirs\n  servre s9 127.0.0.1:1\n";
        await using var bed = await FaultBed.StartAsync(branch);
        File.AppendAllText(bed.ConfigPath, Typo);
        var open = FaultBed.Open(Ports.Take());

        var refused = await FaultAttempt.OfAsync(bed.Deployer(), open.Request);

        Assert.True(refused.Outcome == DeploymentOutcome.Rejected, $"{refused}");
        Assert.True(refused.Result!.IsOperatorsFault, $"{refused}");
        Assert.Contains("servre", refused.Words, StringComparison.Ordinal);
        Aftermath.AssertTold(bed, refused, open);

        var move = bed.Move();
        var moved = await FaultAttempt.OfAsync(bed.Deployer(), move.Request);
        Assert.True(moved.Outcome == DeploymentOutcome.Applied, $"{moved}");
        Assert.Contains(Typo, bed.Text, StringComparison.Ordinal);
        Aftermath.AssertTold(bed, moved, move);

        File.WriteAllText(bed.ConfigPath, bed.Text.Replace(Typo, ""));
        await Aftermath.AssertAsync(bed);
        var opened = await FaultAttempt.OfAsync(bed.Deployer(), open.Request);
        Assert.True(opened.Outcome == DeploymentOutcome.Applied, $"{opened}");
        await Aftermath.AssertAsync(bed, opened, open);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_certificate_file_gone_before_or_after_the_check_leaves_the_old_worker(string branch)
    {
        using var folder = new TemporaryFolder();
        var certificate = folder.Write("site.pem", TestCertificate.Pem());
        var bind = $"frontend tls\n  bind 127.0.0.1:{Ports.Take()} ssl crt {certificate}\n  default_backend app\n";
        await using var bed = await FaultBed.StartAsync(branch, bind);
        var open = FaultBed.Open(Ports.Take());
        var aside = certificate + ".aside";

        File.Move(certificate, aside);
        var before = await FaultAttempt.OfAsync(bed.Deployer(), open.Request);
        Assert.True(before.Outcome == DeploymentOutcome.Rejected, $"{before}");
        Assert.True(before.Result!.IsOperatorsFault, $"{before}");
        Assert.Contains("site.pem", before.Words, StringComparison.Ordinal);
        await Aftermath.AssertServesFileAsync(bed, $"{before}");

        File.Move(aside, certificate);
        var isGone = false;
        var deployer = bed.Deployer(new FaultParts
        {
            Checker = real => new CheckerAround(real, () =>
            {
                if (!isGone)
                    File.Move(certificate, aside);
                isGone = true;
            }),
        });
        var after = await FaultAttempt.OfAsync(deployer, open.Request);
        Assert.True(after.Outcome == DeploymentOutcome.RolledBack, $"{after}");
        await Aftermath.AssertServesFileAsync(bed, $"{after}");

        File.Move(aside, certificate);
        await Aftermath.AssertAsync(bed, after, open);
        Assert.Equal("old", await HttpProbe.AskAsync(bed.Port));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_port_taken_between_probe_and_reload_is_undone_and_named(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var port = Ports.Take();
        using var thief = new TcpListener(IPAddress.Loopback, port);
        var isTaken = false;
        var deployer = bed.Deployer(new FaultParts
        {
            Reloader = real => new ReloaderAround(real, () =>
            {
                if (!isTaken)
                    thief.Start();
                isTaken = true;
                return Task.CompletedTask;
            }),
        });
        var open = FaultBed.Open(port);

        var attempt = await FaultAttempt.OfAsync(deployer, open.Request);

        Assert.True(attempt.Outcome == DeploymentOutcome.RolledBack, $"{attempt}");
        Assert.Contains(attempt.Result!.Diagnostics, d => d.Id == DiagnosticIds.BindUnavailable);
        await Aftermath.AssertAsync(bed, attempt, open);
        await HttpProbe.ReachesAsync(bed.Port, "old");
    }
}
