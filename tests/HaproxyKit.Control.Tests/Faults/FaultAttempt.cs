using System.Diagnostics;
using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>What a caller was told about a change: a result, or that the file cannot be read or written.</summary>
internal sealed record FaultAttempt(DeploymentResult? Result, ConfigFileException? Failure, TimeSpan Duration)
{
    internal DeploymentOutcome? Outcome => Result?.Outcome;

    /// <summary>All that was said in words.</summary>
    internal string Words => Failure?.Message ?? string.Join("; ", Result!.Diagnostics.Select(d => $"{d.Id} {d.Message}"));

    internal static async Task<FaultAttempt> OfAsync(Deployer deployer, DeploymentRequest request)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return new FaultAttempt(await deployer.ApplyAsync(request, TestContext.Current.CancellationToken), null, watch.Elapsed);
        }
        catch (ConfigFileException e)
        {
            return new FaultAttempt(null, e, watch.Elapsed);
        }
    }

    /// <summary>How often there was which outcome.</summary>
    internal static string Count(IEnumerable<FaultAttempt> attempts) =>
        string.Join(", ", attempts.CountBy(attempt => attempt.Outcome?.ToString() ?? $"{attempt.Failure!.Fault}").Select(pair => $"{pair.Value} {pair.Key}"));

    public override string ToString() => $"{Outcome?.ToString() ?? $"{Failure!.Fault}"}{(Result is { Reloaded: true } ? " by a reload" : "")} ({Result?.Plan}) after {Duration.TotalSeconds:0.00} s: {Words}";
}
