namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>The answer to a call with <c>?dry-run=true</c>: what would be done, and nothing was.</summary>
internal sealed record PlanEntry
{
    /// <summary>Always true, so that nobody takes the plan for the deed.</summary>
    public bool DryRun { get; init; } = true;

    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy would listen.</summary>
    public required int FrontendPort { get; init; }

    /// <summary>What would be done, such as <c>created</c> or <c>unchanged</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>True where HAProxy would have to be reloaded.</summary>
    public required bool Reload { get; init; }

    /// <summary>The steps for the caller's own mapping, a line each.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>How many steps would be done besides, for others.</summary>
    public required int StepsForOthers { get; init; }

    /// <summary>The revision of the configuration file on which it was planned, or null.</summary>
    public string? Revision { get; init; }
}
