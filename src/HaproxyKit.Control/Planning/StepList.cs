using System.Collections.Immutable;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning;

/// <summary>The steps of a plan while it is made.</summary>
internal sealed class StepList
{
    private readonly List<DeploymentStep> _steps = [];

    internal bool IsEmpty => _steps.Count == 0;

    internal void Add(DeploymentStep step) => _steps.Add(step);

    internal void AddRange(StepList steps) => _steps.AddRange(steps._steps);

    internal void Reload(string reason, params ImmutableArray<string> subjects) => Add(new ReloadStep(reason) { Subjects = subjects });

    /// <summary>
    /// The steps, each once, in an order in which traffic finds a place all the time: what serves comes before what goes, and no server
    /// takes traffic before it has its own address.
    /// </summary>
    internal DeploymentPlan ToPlan() => _steps.Count == 0 ? DeploymentPlan.Empty : new DeploymentPlan([.. _steps.Distinct().OrderBy(RankOf)]);

    private static int RankOf(DeploymentStep step) => step switch
    {
        ReplaceMap or ReplaceAcl or SetCertificate => 0,
        AddBackend or AddServer => 1,
        SwitchServerCheck { IsOn: true } or SwitchServerAgent { IsOn: true } => 2,
        SetServerMode { Mode: ServerMode.Ready } => 4,
        SwitchFrontend { IsOpen: true } => 5,
        SwitchServerCheck or SwitchServerAgent or SetServerMode or SwitchFrontend => 6,
        RemoveServer or ReleaseServer => 7,
        _ => 3,
    };
}
