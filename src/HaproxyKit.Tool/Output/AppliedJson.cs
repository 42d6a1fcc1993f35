using System.Text.Json;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Output;

/// <summary>What became of a change, as JSON.</summary>
internal sealed record AppliedJson
{
    public required string Target { get; init; }

    /// <summary><c>unchanged</c>, <c>applied</c>, <c>rejected</c>, <c>rolledBack</c> or <c>unreachable</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The content hash of the file as it is now.</summary>
    public required string Revision { get; init; }

    public int? WorkerPid { get; init; }

    public required bool Reloaded { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>How long HAProxy took to check the configuration before; null where that was not needed.</summary>
    public double? CheckMilliseconds { get; init; }

    /// <summary>How long the reload took; null where there was none.</summary>
    public double? ReloadMilliseconds { get; init; }

    /// <summary>The number for <c>rollback</c>; null where nothing was noted.</summary>
    public int? Change { get; init; }

    /// <summary>The numbers of the changes that were undone.</summary>
    public int[]? Undone { get; init; }

    public required StepJson[] Steps { get; init; }

    /// <summary>What became of the servers that went, in words.</summary>
    public required string[] Drained { get; init; }

    public required FindingJson[] Findings { get; init; }

    /// <summary>What the files leave out that a reload needs in production.</summary>
    public required string[] Warnings { get; init; }

    internal static AppliedJson Of(string target, ChangeResult result, int[]? undone) => new()
    {
        Target = target,
        Outcome = JsonNamingPolicy.CamelCase.ConvertName(result.Deployment.Outcome.ToString()),
        Revision = result.Deployment.Revision,
        WorkerPid = result.Deployment.WorkerPid,
        Reloaded = result.Deployment.Reloaded,
        Milliseconds = Rounded(result.Deployment.Duration),
        CheckMilliseconds = result.Deployment.CheckDuration is { } check ? Rounded(check) : null,
        ReloadMilliseconds = result.Deployment.ReloadDuration is { } reload ? Rounded(reload) : null,
        Change = result.Number,
        Undone = undone,
        Steps = StepJson.Of(result.Deployment.Plan, result.Deployment.AppliedSteps),
        Drained = [.. result.Drained.Select(server => server.Description)],
        Findings = [.. result.Deployment.Diagnostics.Select(FindingJson.Of)],
        Warnings = [.. result.Deployment.Warnings.Select(warning => warning.Message)],
    };

    private static double Rounded(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}
