using System.Globalization;
using System.Text.Json;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Diagnostics;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Output;

/// <summary>Writes what a change would do, or what became of it.</summary>
internal static class ChangeReport
{
    private const int ShownHash = 12;

    internal static void Write(ToolOutput output, OutputFormat format, string target, DeploymentPreview preview)
    {
        if (format == OutputFormat.Json)
        {
            output.Line(JsonSerializer.Serialize(PlanJson.Of(target, preview), ToolJsonContext.Readable.PlanJson));
            return;
        }

        output.Line(
            Headline(target, preview),
            preview is not { IsAccepted: true, IsReachable: true } ? Colour.Red : preview.Plan.IsEmpty ? Colour.None : Colour.Cyan);
        Write(output, preview.Plan, []);
        FindingWriter.Write(output, OutputFormat.Text, preview.Diagnostics);
        Write(output, preview.Warnings);
    }

    internal static void Write(ToolOutput output, OutputFormat format, string target, ChangeResult result, int[]? undone = null)
    {
        var deployment = result.Deployment;
        if (format == OutputFormat.Json)
        {
            output.Line(JsonSerializer.Serialize(AppliedJson.Of(target, result, undone), ToolJsonContext.Readable.AppliedJson));
            return;
        }

        output.Line(
            $"{target}: {Ending(deployment, undone)}{Took(result)}",
            deployment.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged ? Colour.Green : Colour.Red);
        Write(output, deployment.Plan, deployment.AppliedSteps);
        foreach (var server in result.Drained)
        {
            output.Line($"  {server.Description}");
        }

        FindingWriter.Write(output, OutputFormat.Text, deployment.Diagnostics);
        Write(output, deployment.Warnings);
        if (result.Number is { } number && deployment.Outcome != DeploymentOutcome.RolledBack && undone is null)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"change {number}; undo it with: haproxykit rollback --target {target}"));
        }
    }

    private static void Write(ToolOutput output, IEnumerable<Diagnostic> warnings)
    {
        foreach (var warning in warnings)
        {
            output.Line($"warning: {warning.Message}", Colour.Yellow);
        }
    }

    private static string Headline(string target, DeploymentPreview preview)
    {
        var what = !preview.IsAccepted ? "would be rejected"
            : !preview.IsReachable ? "cannot be planned whole"
            : preview.Plan.NeedsReload ? "would be applied by one reload"
            : !preview.Plan.IsEmpty ? "would be applied at run time, without a reload"
            : preview.ChangesFile ? "would be written; HAProxy need not be told"
            : "is as wanted; nothing to do";
        return $"{target} (revision {preview.Revision[..ShownHash]}) {what}{(preview.Plan.IsEmpty ? "" : ":")}";
    }

    private static string Ending(DeploymentResult result, int[]? undone) => result.Outcome switch
    {
        DeploymentOutcome.Applied when undone is not null =>
            $"undone {(undone.Length == 1 ? "change" : "changes")} {string.Join(", ", undone)}{(result.Reloaded ? " by a reload" : "")}",
        DeploymentOutcome.Applied => result.Reloaded ? "applied by a reload" : "applied without a reload",
        DeploymentOutcome.Unchanged => "unchanged: the file and HAProxy are as wanted",
        DeploymentOutcome.Rejected => "rejected: nothing was changed",
        DeploymentOutcome.RolledBack => "rolled back: HAProxy did not follow, and the file is as it was",
        _ => "unreachable: HAProxy does not answer",
    };

    private static string Took(ChangeResult result) => result.Deployment.Outcome
        is DeploymentOutcome.Applied or DeploymentOutcome.RolledBack
        ? string.Create(CultureInfo.InvariantCulture, $", in {result.Deployment.Duration.TotalMilliseconds:0} ms{Worker(result.Deployment)}")
        : "";

    private static string Worker(DeploymentResult result) =>
        result.WorkerPid is { } pid ? string.Create(CultureInfo.InvariantCulture, $"; worker {pid} serves revision {result.Revision[..ShownHash]}") : "";

    private static void Write(ToolOutput output, DeploymentPlan plan, IReadOnlyCollection<AppliedStep> applied)
    {
        foreach (var step in plan.Steps)
        {
            output.Line($"  {step.Description}", step is ReloadStep ? Colour.Yellow : Colour.Green);
            if (applied.FirstOrDefault(one => one.Step == step) is { Message.Length: > 0 } answered)
            {
                output.Line($"    HAProxy: {answered.Message}");
            }
        }
    }
}
