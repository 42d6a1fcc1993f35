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

    /// <summary>The number for <c>rollback</c>; null where nothing was noted.</summary>
    public int? Change { get; init; }

    /// <summary>The numbers of the changes that were undone.</summary>
    public int[]? Undone { get; init; }

    public required StepJson[] Steps { get; init; }

    public required FindingJson[] Findings { get; init; }

    internal static AppliedJson Of(string target, ChangeResult result, int[]? undone) => new()
    {
        Target = target,
        Outcome = JsonNamingPolicy.CamelCase.ConvertName(result.Deployment.Outcome.ToString()),
        Revision = result.Deployment.Revision,
        WorkerPid = result.Deployment.WorkerPid,
        Reloaded = result.Deployment.Reloaded,
        Milliseconds = Math.Round(result.Duration.TotalMilliseconds, 1),
        Change = result.Number,
        Undone = undone,
        Steps = StepJson.Of(result.Deployment.Plan),
        Findings = [.. result.Deployment.Diagnostics.Select(FindingJson.Of)],
    };
}
