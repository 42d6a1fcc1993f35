using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>Rule 17: no command changes how a server's connections begin, so that the plan says that it takes a reload, and why.</summary>
public sealed class OwnedSectionTests
{
    public static TheoryData<string, string> Versions { get; } = new(
        from branch in HaproxyPrograms.Branches
        from word in new[] { "send-proxy", "send-proxy-v2" }
        select (branch, word));

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task ApplyAsync_another_PROXY_protocol_is_planned_as_a_reload_with_its_reason(string branch, string word)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var line = $"server s1 127.0.0.2:{bed.Old.Port}";
        var deployer = bed.Deployer();
        foreach (var change in new[] { FaultBed.Replacing($"{line}\n", $"{line} {word}\n"), FaultBed.Replacing($"{line} {word}\n", $"{line}\n") })
        {
            var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

            Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"{attempt}");
            var step = Assert.IsType<ReloadStep>(Assert.Single(attempt.Result!.Plan.Steps));
            Assert.Contains("app/s1", step.Description, StringComparison.Ordinal);
            Assert.Contains(word, step.Description, StringComparison.Ordinal);
            using var client = await LongLivedConnection.OpenAsync(bed.Port);
            var first = await client.SayAsync("hello");
            Assert.Equal(change.IsIn(bed.Text) && bed.Text.Contains(word, StringComparison.Ordinal), first != "old: hello");
            await Aftermath.AssertAsync(bed, attempt, change);
        }
    }
}
