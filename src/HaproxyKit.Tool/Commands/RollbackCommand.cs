using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>rollback --target FILE</c>: undoes the last changes, and keeps what others have written since.</summary>
internal sealed class RollbackCommand : Command
{
    private const string About =
        "Undoes the last change that apply made, or all changes since one, in the file and in the running HAProxy. What others have written since "
        + "stays; where they have written into the change itself nothing is done, and each such place is named (ends with 1).";

    private readonly ControlOptions _control = new();

    private readonly Option<int?> _to = new("--to")
    {
        Description = "Undo all changes after this one (status shows the numbers); 0 for all that are kept.",
        HelpName = "CHANGE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be done." };
    private readonly Option<int> _drainGrace = SharedOptions.DrainGrace();
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal RollbackCommand()
        : base("rollback", About)
    {
        _control.AddTo(this);
        Add(_to);
        Add(_dryRun);
        Add(_drainGrace);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var settings = _control.Read(arguments);
        var history = ChangeHistory.Read(settings);
        foreach (var skipped in history.Skipped)
        {
            output.Error($"{skipped}: this change is damaged and cannot be undone");
        }

        var entries = Chosen(history, arguments.GetValue(_to));
        if (entries.IsEmpty)
        {
            output.Error($"{settings.StateFolder} knows no change of {settings.Target} that could be undone");
            return ExitCode.NotFollowed;
        }

        var haproxy = RunningHaproxy.Open(settings);
        await using (haproxy.ConfigureAwait(false))
        {
            return await RunAsync(haproxy, settings, entries, arguments, output, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> RunAsync(
        RunningHaproxy haproxy,
        ControlSettings settings,
        ImmutableArray<RevisionHistoryEntry> entries,
        ParseResult arguments,
        ToolOutput output,
        CancellationToken cancellationToken)
    {
        var expected = await ReadAsync(haproxy, cancellationToken).ConfigureAwait(false);
        var wanted = ConfigDocument.Parse(expected.Content.Span, settings.Target);
        foreach (var entry in entries)
        {
            wanted = Edit(entry).Apply(wanted, out var obstacles);
            if (!obstacles.IsEmpty)
            {
                Refuse(output, settings, entry, obstacles);
                return ExitCode.NotFollowed;
            }
        }

        var format = arguments.GetValue(_format);
        ImmutableArray<int> undone = [.. entries.Select(entry => entry.Number)];
        var grace = TimeSpan.FromSeconds(arguments.GetValue(_drainGrace));
        var run = new ChangeRun(settings, $"rollback of {string.Join(", ", undone)}", undone, grace);
        if (arguments.GetValue(_dryRun))
        {
            return await PlanCommand.RunAsync(haproxy, settings, run.RequestOf(expected, wanted), format, output, cancellationToken).ConfigureAwait(false);
        }

        var result = await run.RunAsync(haproxy, expected, wanted, cancellationToken).ConfigureAwait(false);
        ChangeReport.Write(output, format, settings.Target, result, [.. undone]);
        return result.Deployment.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged ? ExitCode.Fine : ExitCode.NotFollowed;
    }

    /// <summary>The newest change, or all after one, the newest first.</summary>
    private static ImmutableArray<RevisionHistoryEntry> Chosen(RevisionHistoryReading history, int? to)
    {
        if (to is { } number and not 0 && !history.Entries.Any(entry => entry.Number == number))
        {
            var known = string.Join(", ", history.Entries.Select(entry => entry.Number));
            throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"there is no change {number}: --to is 0 or one of {known}"));
        }

        return to is { } last ? [.. history.Standing.Where(entry => entry.Number > last)] : [.. history.Standing.Take(1)];
    }

    private static ReverseEdit Edit(RevisionHistoryEntry entry) =>
        ReverseEdit.Between(ConfigDocument.Parse(entry.Before.Span), ConfigDocument.Parse(entry.After.Span));

    private static void Refuse(
        ToolOutput output, ControlSettings settings, RevisionHistoryEntry entry, ImmutableArray<ReverseEditObstacle> obstacles)
    {
        foreach (var obstacle in obstacles)
        {
            output.Error($"{settings.Target}: {obstacle}");
        }

        var number = entry.Number.ToString(CultureInfo.InvariantCulture);
        output.Error($"change {number} cannot be undone whole, so nothing was done: mend these places by hand and apply the file");
    }

    private static async Task<ConfigRevision> ReadAsync(RunningHaproxy haproxy, CancellationToken cancellationToken)
    {
        try
        {
            return await haproxy.File.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ConfigFileException e)
        {
            throw haproxy.Unwritable(e);
        }
    }
}
