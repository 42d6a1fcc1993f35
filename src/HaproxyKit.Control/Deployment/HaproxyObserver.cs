using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Looks at HAProxy before a change: at the proxies in question alone, unless another worker serves than the one that was last compared
/// whole (rules 6 and 8), since a reload that we did not cause may have changed anything, or somebody else has written the file since, who may
/// have changed anything and loaded nothing.
/// </summary>
internal sealed class HaproxyObserver(WorkerWatch watch, RunningStateReader reader, HaproxyPresence presence)
{
    private WorkerIdentity? _compared;
    private ConfigDocument? _comparedDocument;
    private HashSet<string> _comparedProxies = [];
    private RuntimeFault? _fault;

    /// <param name="before">What the file holds; the very document that was written or compared last, unless somebody else has written since.</param>
    /// <param name="document">The configuration whose managed proxies must be as it says.</param>
    /// <param name="isManaged">Which they are.</param>
    /// <param name="scope">The proxies in question; null for all.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    internal async Task<Observation> ObserveAsync(
        ConfigDocument before, ConfigDocument document, Func<string, bool> isManaged, IReadOnlySet<string>? scope, CancellationToken cancellationToken)
    {
        var isCompared = _compared is not null && ReferenceEquals(before, _comparedDocument) && ManagedOf(document, isManaged).All(_comparedProxies.Contains);
        var seen = await ObserveAsync(isCompared ? scope : null, cancellationToken).ConfigureAwait(false);
        return seen.Running is null || seen.IsWhole || (isCompared && seen.Worker == _compared) ? seen : await ObserveAsync(scope: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Observation> ObserveAsync(IReadOnlySet<string>? scope, CancellationToken cancellationToken)
    {
        var (running, unreachable) = await ReadAsync(scope, cancellationToken).ConfigureAwait(false);
        return new Observation(running, unreachable, running is null ? null : await SeeWorkerAsync(running.Info, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What HAProxy serves, or why it does not answer.</summary>
    internal async Task<(RunningState? Running, Diagnostic? Unreachable)> ReadAsync(IReadOnlySet<string>? scope, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadAsync(scope, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RuntimeException e)
        {
            _fault = e.Fault;
            return (null, Findings.Error(DiagnosticIds.HaproxyUnreachable, e.Message, "start HAProxy, and see that its stats socket has level admin and may be opened"));
        }
    }

    /// <summary>After HAProxy did not answer, whether it runs all the same, and so goes on serving what it has loaded.</summary>
    internal Task<bool> IsThereAsync() => presence.IsThereAsync(_fault);

    /// <summary>Notes that a worker serves all managed proxies as the file says.</summary>
    internal void NoteCompared(WorkerIdentity? worker, ConfigDocument document, Func<string, bool> isManaged)
    {
        if (worker is not null)
        {
            (_compared, _comparedDocument) = (worker, document);
            _comparedProxies = ManagedOf(document, isManaged).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>Notes that the worker that was compared serves a change as well.</summary>
    internal void NoteFollowed(WorkerIdentity? worker, ConfigDocument before, ConfigDocument after)
    {
        if (worker == _compared && ReferenceEquals(before, _comparedDocument))
        {
            _comparedDocument = after;
        }
    }

    /// <summary>The settled worker that serves now; null where there is none, or it does not answer.</summary>
    /// <param name="info">What a worker has just told of itself, where it need not be asked again.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    internal async Task<WorkerIdentity?> SeeWorkerAsync(RuntimeInfo? info, CancellationToken cancellationToken)
    {
        try
        {
            var seeing = info is null ? watch.ReadAsync(cancellationToken) : watch.IdentifyAsync(info, cancellationToken);
            return await seeing.ConfigureAwait(false) is { IsReloading: false } worker ? worker : null;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ManagedOf(ConfigDocument document, Func<string, bool> isManaged) =>
        document.Sections
            .Where(section => TouchedSections.IsProxy(section) && isManaged(section.Name))
            .Select(section => section.Name);
}
