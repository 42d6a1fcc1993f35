using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>
/// Rule 16: what is undone is undone by the reverse edit on what the file holds by then, so that nobody else's lines go with ours; and what
/// the operator has broken is told as the operator's, with its line.
/// </summary>
public sealed class RollBackTests
{
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_undone_keeps_what_somebody_else_wrote_in_between(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var port = Ports.Take();
        using var thief = new TcpListener(IPAddress.Loopback, port);
        var before = bed.Text;
        var change = FaultBed.Open(port);
        var deployer = Saving(bed, text => text.Replace("# begin\n", "# the operator was here\n", StringComparison.Ordinal) + "# and here, behind ours\n", thief.Start);

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.True(attempt.Outcome == DeploymentOutcome.RolledBack, $"{attempt}");
        Assert.Equal(before.Replace("# begin\n", "# the operator was here\n", StringComparison.Ordinal) + "# and here, behind ours\n", bed.Text);
        await Aftermath.AssertAsync(bed, attempt, change);
        await HttpProbe.ReachesAsync(bed.Port, "old");
    }

    /// <summary>The candidate was accepted, and then the operator saved a line with a typo: our reload meets it.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_undone_for_the_operators_broken_line_says_which_and_leaves_it(string branch)
    {
        const string Typo = "backend theirs\n  servre s9 127.0.0.1:1\n";
        await using var bed = await FaultBed.StartAsync(branch);
        var before = bed.Text;
        var change = FaultBed.Open(Ports.Take());

        var attempt = await FaultAttempt.OfAsync(Saving(bed, text => text + Typo, static () => { }), change.Request);

        Assert.True(attempt is { Outcome: DeploymentOutcome.RolledBack, Result.IsOperatorsFault: true }, $"{attempt}");
        Assert.Equal(before + Typo, bed.Text);
        var line = bed.Text.TrimEnd('\n').Split('\n').Length;
        Assert.Contains(attempt.Result!.Diagnostics, diagnostic => diagnostic.Location?.Line == line);
        Assert.Contains(attempt.Result.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.OperatorConfigurationInvalid);
        Assert.Equal("old", await HttpProbe.AskAsync(bed.Port));

        // What the Runtime API does goes on being done, and stays.
        var move = bed.Move();
        var moved = await FaultAttempt.OfAsync(bed.Deployer(), move.Request);
        Assert.True(moved is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: false }, $"{moved}");
        Assert.Equal("new", await HttpProbe.AskAsync(bed.Port));
        Aftermath.AssertTold(bed, moved, move);
        File.WriteAllText(bed.ConfigPath, bed.Text.Replace(Typo, "", StringComparison.Ordinal));
        await Aftermath.AssertAsync(bed);
    }

    /// <summary>A deployer around whose first reload somebody else saves the file.</summary>
    private static Deployer Saving(FaultBed bed, Func<string, string> save, Action andThen)
    {
        var isSaved = false;
        return bed.Deployer(new FaultParts
        {
            Reloader = real => new ReloaderAround(real, () =>
            {
                if (!isSaved)
                {
                    isSaved = true;
                    File.WriteAllText(bed.ConfigPath, save(bed.Text));
                    andThen();
                }

                return Task.CompletedTask;
            }),
        });
    }
}
