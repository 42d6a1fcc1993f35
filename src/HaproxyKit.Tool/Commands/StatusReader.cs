using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary>Gathers what a running HAProxy, its file and its history say.</summary>
internal sealed class StatusReader(RunningHaproxy haproxy, ControlSettings settings)
{
    private readonly List<string> _alarms = [];

    internal async Task<StatusJson> ReadAsync(CancellationToken cancellationToken)
    {
        var history = ChangeHistory.Read(settings);
        _alarms.AddRange(history.Skipped.Select(skipped => $"{skipped}: this change is damaged and cannot be undone"));
        var status = new StatusJson
        {
            Target = settings.Target,
            Reachable = false,
            Drift = [],
            Changes = ChangeJson.Of(history),
            Alarms = [],
        };
        status = await ReadRunningAsync(status, cancellationToken).ConfigureAwait(false);
        status = await ReadFileAsync(status, history, cancellationToken).ConfigureAwait(false);
        var files = await LoadedFiles.ReadAsync(haproxy, settings, cancellationToken).ConfigureAwait(false);
        _alarms.AddRange(files.Unreadable);
        _alarms.AddRange(ReloadWarnings.Of(files.Documents).Select(warning => warning.Message));
        return status with { Alarms = [.. _alarms.Distinct(StringComparer.Ordinal)] };
    }

    private async Task<StatusJson> ReadRunningAsync(StatusJson status, CancellationToken cancellationToken)
    {
        try
        {
            var info = await haproxy.Runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
            var waiting = await FindWaitingAsync(cancellationToken).ConfigureAwait(false);
            var rows = await haproxy.Runtime.ShowStatAsync(cancellationToken).ConfigureAwait(false);
            var worker = await haproxy.Watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (await haproxy.FindObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                _alarms.Add($"{obstacle.Message}: {obstacle.Hint}");
            }

            return status with
            {
                Reachable = true,
                Version = info.VersionText,
                MasterPid = worker.MasterPid,
                WorkerPid = info.Pid,
                UptimeSeconds = (long)info.Uptime.TotalSeconds,
                Reloads = worker.MasterReloads,
                OldWorkers = (await haproxy.Watch.ReadOldWorkersAsync(cancellationToken).ConfigureAwait(false))?.Select(old => old.Pid).ToArray(),
                Frontends = CountFrontends(rows, waiting),
                Servers = CountServers(rows, waiting),
            };
        }
        catch (RuntimeException e)
        {
            var finding = RunningHaproxy.Unreachable(e);
            _alarms.Add($"{finding.Message}: {finding.Hint}");
            return status;
        }
    }

    /// <summary>What the file says that it waits for a call; where it cannot be read, the look for drift tells so.</summary>
    private async Task<WaitingProxies> FindWaitingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var revision = await haproxy.File.ReadAsync(cancellationToken).ConfigureAwait(false);
            return WaitingProxies.In(ConfigDocument.Parse(revision.Content.Span, haproxy.File.Path));
        }
        catch (ConfigFileException)
        {
            return WaitingProxies.None;
        }
    }

    private static CountJson CountFrontends(IEnumerable<StatRow> rows, WaitingProxies waiting)
    {
        var frontends = rows.Where(row => row.Kind == StatKind.Frontend).ToLookup(row => row.Status is not ("STOP" or "PAUSED"), row => row.Proxy);
        var closed = frontends[false].ToLookup(waiting.Frontends.Contains);
        return new CountJson(frontends[true].Count(), [.. closed[false]], [], [], [.. closed[true]]);
    }

    private static CountJson CountServers(IEnumerable<StatRow> rows, WaitingProxies waiting)
    {
        var servers = rows.Where(row => row.Kind == StatKind.Server)
            .ToLookup(row => row.Status.Split(' ')[0], row => $"{row.Proxy}/{row.Service}", StringComparer.Ordinal);
        var maintenance = servers["MAINT"].ToLookup(waiting.Servers.Contains);
        string[] down = [.. servers["DOWN"]];
        string[] draining = [.. servers["DRAIN"], .. servers["NOLB"]];
        var up = servers.Sum(group => group.Count()) - down.Length - servers["MAINT"].Count() - draining.Length;
        return new CountJson(up, down, [.. maintenance[false]], draining, [.. maintenance[true]]);
    }

    private async Task<StatusJson> ReadFileAsync(StatusJson status, RevisionHistoryReading history, CancellationToken cancellationToken)
    {
        var report = await haproxy.Drift.DetectAsync(wanted: null, document => WaitingProxies.In(document).Frontends, cancellationToken).ConfigureAwait(false);
        var last = history.Entries.FirstOrDefault(entry => entry.IsInFile);
        return status with
        {
            Revision = report.Revision,
            ChangedSince = last is not null && report.Revision is not null && ConfigRevision.HashOf(last.After.Span) != report.Revision ? last.Number : null,
            Drift = [.. report.Items.Select(DriftJson.Of)],
        };
    }
}
