using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Somebody else has HAProxy reload, from half a second before a change to half a second after it (rule 8).</summary>
public sealed class ForeignReloadTests
{
    private const int Widest = 500;

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_foreign_USR2_around_a_change_never_parts_file_and_HAProxy(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var deployer = bed.Deployer();
        var random = new Random(12);
        var rounds = LongForm.Times(8, 110);
        var attempts = new List<FaultAttempt>();
        for (var round = 0; round < rounds; round++)
        {
            var change = (round % 4) switch
            {
                3 => FaultBed.Replacing(Maxconn(round - 4), Maxconn(round)),
                _ => FaultBed.Replacing($"server s1 127.0.0.{Host(round)}:", $"server s1 127.0.0.{Host(round + 1)}:"),
            };
            var lead = random.Next(-Widest, Widest + 1);
            var foreign = SignalAsync(bed, Math.Max(0, -lead));
            await Task.Delay(Math.Max(0, lead));

            var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

            await foreign;
            attempts.Add(attempt);
            Assert.True(attempt.Outcome == DeploymentOutcome.Applied, $"round {round}, lead {lead} ms: {attempt}");
            Aftermath.AssertTold(bed, attempt, change);
            await Aftermath.AssertServesFileAsync(bed, $"round {round}, lead {lead} ms: {attempt}");
        }

        await Aftermath.AssertAsync(bed);
        LongForm.Tell($"HAProxy {branch}, {rounds} foreign reloads: {FaultAttempt.Count(attempts)}, {attempts.Count(a => a.Result!.Reloaded)} with a reload of our own");
    }

    /// <summary>The address of a round: as many have moved the server as are no fourth.</summary>
    private static int Host(int round) => 2 + ((round - (round / 4)) % 200);

    private static string Maxconn(int round) => $"maxconn {(round < 0 ? 200 : 201 + (round / 4))}";

    private static async Task SignalAsync(FaultBed bed, int after)
    {
        await Task.Delay(after);
        bed.Instance.Signal(ProcessSignal.User2);
    }
}
