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

    internal DeploymentResult Result(DeploymentOutcome outcome, int? workerPid) => new()
    {
        Outcome = outcome,
        Plan = Plan,
        Candidate = Wanted,
        Revision = Written.Hash,
        WorkerPid = workerPid,
    };

    /// <summary>What the new worker must show: all frontends that the file has and that a disabled line does not close.</summary>
    internal ReloadExpectation Expectation()
    {
        var open = new HaproxyConfig(Wanted).Sections.OfType<ProxySection>()
            .Where(section => section.Kind is SectionKind.Frontend or SectionKind.Listen && Request.IsManaged(section.Name))
            .Select(section => section.Name)
            .ToHashSet(StringComparer.Ordinal);
        var gone = new HaproxyConfig(Before).Frontends.Select(frontend => frontend.Name)
            .Where(name => Request.IsManaged(name) && !open.Contains(name));
        return new ReloadExpectation { Frontends = [.. open], GoneFrontends = [.. gone] };
    }
}
