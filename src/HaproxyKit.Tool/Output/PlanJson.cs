using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Tool.Output;

/// <summary>What a change would do, as JSON.</summary>
internal sealed record PlanJson
{
    public required string Target { get; init; }

    /// <summary>The content hash of the file that it was planned on, for <c>apply --revision</c>.</summary>
    public required string Revision { get; init; }

    /// <summary>Whether HAProxy takes it, and all its binds can be had.</summary>
    public required bool Accepted { get; init; }

    public required bool Reachable { get; init; }

    public required bool ChangesFile { get; init; }

    public required bool Reload { get; init; }

    public required StepJson[] Steps { get; init; }

    public required FindingJson[] Findings { get; init; }

    /// <summary>What the files leave out that a reload needs in production.</summary>
    public required string[] Warnings { get; init; }

    internal static PlanJson Of(string target, DeploymentPreview preview) => new()
    {
        Target = target,
        Revision = preview.Revision,
        Accepted = preview.IsAccepted,
        Reachable = preview.IsReachable,
        ChangesFile = preview.ChangesFile,
        Reload = preview.Plan.NeedsReload,
        Steps = StepJson.Of(preview.Plan),
        Warnings = [.. preview.Warnings.Select(warning => warning.Message)],
        Findings = [.. preview.Diagnostics.Select(FindingJson.Of)],
    };
}
