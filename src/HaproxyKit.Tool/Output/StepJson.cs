using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;

namespace HaproxyKit.Tool.Output;

/// <summary>A step of a plan as JSON.</summary>
/// <param name="Kind"><c>runtime</c> or <c>reload</c>.</param>
/// <param name="Description">What is done, in words.</param>
/// <param name="Milliseconds">How long HAProxy took to answer; null where it was not sent to it.</param>
/// <param name="Answer">What HAProxy said; null where it said nothing.</param>
internal sealed record StepJson(string Kind, string Description, double? Milliseconds = null, string? Answer = null)
{
    internal static StepJson[] Of(DeploymentPlan plan) => Of(plan, []);

    internal static StepJson[] Of(DeploymentPlan plan, IReadOnlyCollection<AppliedStep> applied) =>
    [
        .. plan.Steps.Select(step => Of(step, applied.FirstOrDefault(one => one.Step == step))),
    ];

    private static StepJson Of(DeploymentStep step, AppliedStep? applied) => new(
        step is ReloadStep ? "reload" : "runtime",
        step.Description,
        applied is null ? null : Math.Round(applied.Duration.TotalMilliseconds, 2),
        applied is { Message.Length: > 0 } ? applied.Message : null);
}
