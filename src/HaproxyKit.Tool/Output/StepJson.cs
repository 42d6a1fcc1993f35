using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;

namespace HaproxyKit.Tool.Output;

/// <summary>A step of a plan as JSON.</summary>
/// <param name="Kind"><c>runtime</c> or <c>reload</c>.</param>
/// <param name="Description">What is done, in words.</param>
internal sealed record StepJson(string Kind, string Description)
{
    internal static StepJson[] Of(DeploymentPlan plan) =>
        [.. plan.Steps.Select(step => new StepJson(step is ReloadStep ? "reload" : "runtime", step.Description))];
}
