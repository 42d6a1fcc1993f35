using System.CommandLine;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>plan CANDIDATE --target FILE</c>: what would be done, without doing it.</summary>
internal sealed class PlanCommand : Command
{
    private const string About =
        "Says what apply would do: each step, why a reload is needed, binds that are taken, and what HAProxy says of the configuration. "
        + "Changes nothing; ends with 1 where the change would be refused, or HAProxy does not answer.";

    private readonly ControlOptions _control = new();
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal PlanCommand()
        : base("plan", About)
    {
        Add(SharedOptions.Candidate);
        _control.AddTo(this);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var settings = _control.Read(arguments);
        var wanted = ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.Candidate)).WithPath(settings.Target);
        var haproxy = RunningHaproxy.Open(settings);
        await using (haproxy.ConfigureAwait(false))
        {
            return await RunAsync(haproxy, settings, ChangeRun.RequestOf(wanted), arguments.GetValue(_format), output, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Shows what a change would do.</summary>
    /// <exception cref="ToolException">The target cannot be read.</exception>
    internal static async Task<int> RunAsync(
        RunningHaproxy haproxy,
        ControlSettings settings,
        DeploymentRequest request,
        OutputFormat format,
        ToolOutput output,
        CancellationToken cancellationToken)
    {
        try
        {
            var preview = await haproxy.Previewer.PreviewAsync(request, cancellationToken).ConfigureAwait(false);
            ChangeReport.Write(output, format, settings.Target, preview);
            return preview is { IsAccepted: true, IsReachable: true } ? ExitCode.Fine : ExitCode.NotFollowed;
        }
        catch (ConfigFileException e)
        {
            throw haproxy.Unwritable(e);
        }
    }
}
