using System.Globalization;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
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
        status = await ReadFileAsync(status, cancellationToken).ConfigureAwait(false);
        _alarms.AddRange(FileAlarms.Of(Documents(status)));
        return status with { Alarms = [.. _alarms.Distinct(StringComparer.Ordinal)] };
    }

    private async Task<StatusJson> ReadRunningAsync(StatusJson status, CancellationToken cancellationToken)
    {
        try
        {
            var info = await haproxy.Runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
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
                Frontends = CountFrontends(rows),
                Servers = CountServers(rows),
            };
        }
        catch (RuntimeException e)
        {
            var finding = RunningHaproxy.Unreachable(e);
            _alarms.Add($"{finding.Message}: {finding.Hint}");
            return status;
        }
    }

    private static CountJson CountFrontends(IEnumerable<StatRow> rows)
    {
        var frontends = rows.Where(row => row.Kind == StatKind.Frontend).ToLookup(row => row.Status is not ("STOP" or "PAUSED"));
        return new CountJson(frontends[true].Count(), [.. frontends[false].Select(row => row.Proxy)], [], []);
    }

    private static CountJson CountServers(IEnumerable<StatRow> rows)
    {
        var servers = rows.Where(row => row.Kind == StatKind.Server)
            .ToLookup(row => row.Status.Split(' ')[0], row => $"{row.Proxy}/{row.Service}", StringComparer.Ordinal);
        string[] down = [.. servers["DOWN"]];
        string[] maintenance = [.. servers["MAINT"]];
        string[] draining = [.. servers["DRAIN"], .. servers["NOLB"]];
        return new CountJson(servers.Sum(group => group.Count()) - down.Length - maintenance.Length - draining.Length, down, maintenance, draining);
    }

    private async Task<StatusJson> ReadFileAsync(StatusJson status, CancellationToken cancellationToken)
    {
        try
        {
            var revision = await haproxy.File.ReadAsync(cancellationToken).ConfigureAwait(false);
            var names = new HaproxyConfig(ConfigDocument.Parse(revision.Content.Span)).Sections.OfType<ProxySection>()
                .Where(section => section.Kind != SectionKind.Defaults).Select(section => section.Name).ToHashSet(StringComparer.Ordinal);
            if (!status.Reachable)
            {
                return status with { Revision = revision.Hash };
            }

            var preview = await haproxy.Previewer.PreviewAsync(static document => document, names.Contains, cancellationToken).ConfigureAwait(false);
            _alarms.AddRange(preview.Diagnostics.Select(finding => finding.ToString()));
            return status with { Revision = preview.Revision, Drift = StepJson.Of(preview.Plan) };
        }
        catch (ConfigFileException e)
        {
            _alarms.Add(e.Message);
            return status;
        }
    }

    /// <summary>The files that HAProxy reads: those that are named, or those that it was started with, or the target alone.</summary>
    private List<ConfigDocument> Documents(StatusJson status)
    {
        var told = settings.Options.ConfigFiles.ToList();
        if (told.Count == 0 && status.MasterPid is { } pid && HaproxyInvocation.FromProcess(pid).Invocation is { } invocation)
        {
            told = [.. invocation.ConfigPaths.Select(path => Path.GetFullPath(path, invocation.ConfigFolder))];
        }

        var documents = new List<ConfigDocument>();
        foreach (var path in told.DefaultIfEmpty(settings.Target))
        {
            try
            {
                documents.AddRange((Directory.Exists(path) ? ConfigSet.FilesOf(path) : [path]).Select(ConfigDocument.Load));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _alarms.Add(string.Create(CultureInfo.InvariantCulture, $"{path} cannot be read: {e.Message}"));
            }
        }

        return documents;
    }
}
