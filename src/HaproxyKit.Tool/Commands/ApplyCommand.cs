using System.CommandLine;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>apply CANDIDATE --target FILE</c>: makes the running HAProxy follow a configuration.</summary>
internal sealed class ApplyCommand : Command
{
    private const string About =
        "Makes a running HAProxy follow a configuration: through the Runtime API where that does, else by one reload. What HAProxy serves is read "
        + "back, and a change that it does not follow is undone. Ends with 0 where it is applied or nothing was to do, with 1 where it was "
        + "refused or undone, or HAProxy does not answer. Ctrl-C before the file is written changes nothing; later the change is carried through.";

    private readonly ControlOptions _control = new();

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be done, as plan does." };

    private readonly Option<string?> _revision = new("--revision")
    {
        Description = "The revision, or its beginning, that plan named: another one in the file is left alone.",
        HelpName = "HASH",
    };

    private readonly Option<int> _drainGrace = SharedOptions.DrainGrace();
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal ApplyCommand()
        : base("apply", About)
    {
        Add(SharedOptions.Candidate);
        _control.AddTo(this);
        Add(_dryRun);
        Add(_drainGrace);
        Add(_revision);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var settings = _control.Read(arguments);
        var format = arguments.GetValue(_format);
        var candidate = arguments.GetRequiredValue(SharedOptions.Candidate);
        var wanted = ConfigInput.ReadOne(candidate).WithPath(settings.Target);
        var haproxy = RunningHaproxy.Open(settings);
        await using (haproxy.ConfigureAwait(false))
        {
            var expected = await ReadTargetAsync(haproxy, settings, arguments.GetValue(_revision), cancellationToken).ConfigureAwait(false);
            var run = new ChangeRun(settings, $"apply {candidate}", [], TimeSpan.FromSeconds(arguments.GetValue(_drainGrace)));
            if (arguments.GetValue(_dryRun))
            {
                return await PlanCommand.RunAsync(haproxy, settings, run.RequestOf(expected, wanted), format, output, cancellationToken).ConfigureAwait(false);
            }

            var result = await run.RunAsync(haproxy, expected, wanted, cancellationToken).ConfigureAwait(false);
            ChangeReport.Write(output, format, settings.Target, result);
            return result.Deployment.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged ? ExitCode.Fine : ExitCode.NotFollowed;
        }
    }

    private static async Task<ConfigRevision> ReadTargetAsync(
        RunningHaproxy haproxy, ControlSettings settings, string? revision, CancellationToken cancellationToken)
    {
        try
        {
            var read = await haproxy.File.ReadAsync(cancellationToken).ConfigureAwait(false);
            return revision is null || (revision.Length > 0 && read.Hash.StartsWith(revision, StringComparison.OrdinalIgnoreCase))
                ? read
                : throw new ToolException($"{settings.Target} is revision {read.Hash[..12]} and not {revision}; nothing was done: plan anew");
        }
        catch (ConfigFileException e)
        {
            throw haproxy.Unwritable(e);
        }
    }
}
