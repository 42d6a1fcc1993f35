using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>A change on its way: what was, what shall be, and what has to be done.</summary>
internal sealed record PendingChange(
    DeploymentRequest Request, ConfigDocument Before, ConfigDocument Wanted, ConfigRevision Original, DeploymentPlan Plan)
{
    /// <summary>The file as this change left it.</summary>
    internal ConfigRevision Written { get; init; } = Original;

    /// <summary>What HAProxy served when the change was planned, or null where it did not answer.</summary>
    internal RunningState? Running { get; init; }

    internal DeploymentResult Result(DeploymentOutcome outcome, int? workerPid) => new()
    {
        Outcome = outcome,
        Plan = Plan,
        Candidate = Wanted,
        Revision = Written.Hash,
        WorkerPid = workerPid,
    };

    /// <summary>Nothing was written: HAProxy refuses it, or is not there to say.</summary>
    internal DeploymentResult Rejected(CandidateVerdict verdict, RunningState? running) => Result(
        verdict.IsUnknown && running is null ? DeploymentOutcome.Unreachable : DeploymentOutcome.Rejected, running?.WorkerPid) with
    {
        Diagnostics = verdict.Diagnostics,
        IsOperatorsFault = verdict.IsOperatorsFault,
    };

    /// <summary>What the new worker must show: all frontends of ours that no disabled line and no condition closes.</summary>
    internal ReloadExpectation Expectation()
    {
        var open = new HaproxyConfig(Wanted).Sections.OfType<ProxySection>()
            .Where(section => section.Kind is SectionKind.Frontend or SectionKind.Listen && Request.IsManaged(section.Name) && DeploymentPlanner.IsRunAlways(section))
            .Select(section => section.Name)
            .ToHashSet(StringComparer.Ordinal);
        var gone = new HaproxyConfig(Before).Frontends.Select(frontend => frontend.Name)
            .Where(name => Request.IsManaged(name) && !open.Contains(name));
        return new ReloadExpectation { Frontends = [.. open], GoneFrontends = [.. gone] };
    }
}
