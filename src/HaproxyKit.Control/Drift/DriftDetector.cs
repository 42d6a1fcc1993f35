using System.Collections.Frozen;
using System.Collections.Immutable;
using HaproxyKit.Comparison;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Unix;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Drift;

/// <summary>Finds in what a file, the HAProxy that reads it, and what was last deployed differ.</summary>
/// <remarks>
/// A change that is being carried out is no drift: what differs is looked at again a moment later, and only what still does is told. Safe
/// for use by several threads at once.
/// </remarks>
public sealed class DriftDetector
{
    private const int MaxLooks = 5;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ConfigFile file;
    private readonly WorkerWatch watch;
    private readonly InvocationSource? invocation;
    private readonly TimeProvider time;
    private readonly RunningStateReader reader;

    /// <summary>A detector for one file and the HAProxy that reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="watch">The HAProxy.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public DriftDetector(ConfigFile file, WorkerWatch watch, TimeProvider? time = null)
        : this(file, watch, invocation: null, time)
    {
    }

    /// <param name="file">The file.</param>
    /// <param name="watch">The HAProxy.</param>
    /// <param name="invocation">Tells which other files HAProxy reads; null where that is not known.</param>
    /// <param name="time">The clock; null for the system's.</param>
    internal DriftDetector(ConfigFile file, WorkerWatch watch, InvocationSource? invocation, TimeProvider? time)
    {
        this.file = file ?? throw new ArgumentNullException(nameof(file));
        this.watch = watch ?? throw new ArgumentNullException(nameof(watch));
        this.invocation = invocation;
        this.time = time ?? TimeProvider.System;
        reader = new RunningStateReader(watch.Stats);
    }

    /// <summary>Looks in what file, HAProxy and what was last deployed differ.</summary>
    /// <param name="wanted">What was last deployed, or null where that is not known: then nobody can tell whether the file was edited since.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The differences. A file that cannot be read and a HAProxy that does not answer are told in it.</returns>
    public Task<DriftReport> DetectAsync(ConfigDocument? wanted = null, CancellationToken cancellationToken = default) =>
        DetectAsync(wanted, FrozenSet<string>.Empty, cancellationToken);

    /// <summary>Looks in what file, HAProxy and what was last deployed differ, where frontends are closed on purpose.</summary>
    /// <param name="wanted">What was last deployed, or null where that is not known.</param>
    /// <param name="closed">Tells of the file as it was read which frontends shall be closed at run time, although no directive says so.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The differences; of those frontends that they are open, and not that they are closed.</returns>
    public async Task<DriftReport> DetectAsync(
        ConfigDocument? wanted, Func<ConfigDocument, IReadOnlySet<string>> closed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(closed);
        var seen = await LookAsync(wanted, closed, cancellationToken).ConfigureAwait(false);
        for (var look = 1; look < MaxLooks && !seen.Items.IsEmpty; look++)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            var again = await LookAsync(wanted, closed, cancellationToken).ConfigureAwait(false);
            if (again.Revision == seen.Revision && again.WorkerPid == seen.WorkerPid)
            {
                return again with { Items = [.. again.Items.Where(item => seen.Items.Any(item.IsSame))] };
            }

            seen = again;
        }

        // Somebody is changing file or worker all the time: nothing of it was seen twice.
        return seen with { Items = [] };
    }

    /// <inheritdoc cref="DetectAsync(ConfigDocument?, CancellationToken)"/>
    /// <param name="wanted">What was last deployed, or null where that is not known.</param>
    /// <param name="closed">The frontends that shall be closed although no line says so.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    internal Task<DriftReport> DetectAsync(ConfigDocument? wanted, IReadOnlySet<string> closed, CancellationToken cancellationToken) =>
        DetectAsync(wanted, _ => closed, cancellationToken);

    private async Task<DriftReport> LookAsync(
        ConfigDocument? wanted, Func<ConfigDocument, IReadOnlySet<string>> closed, CancellationToken cancellationToken)
    {
        var (running, unreachable) = await ReadRunningAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        ConfigRevision revision;
        try
        {
            revision = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ConfigFileException e)
        {
            return Report(now, revision: null, running, unreachable, [Unreadable(e, now)]);
        }

        var document = ConfigDocument.Parse(revision.Content.Span, file.Path);
        var items = Edits(wanted, document, revision.ModifiedAt).ToList();
        if (running is not null)
        {
            var (own, all) = await ReadFilesAsync(document, cancellationToken).ConfigureAwait(false);
            items.AddRange(new DriftComparison(running, now, closed(document)).Compare(own, all));
        }

        return Report(now, revision.Hash, running, unreachable, items);
    }

    private static DriftReport Report(
        DateTimeOffset now, string? revision, RunningState? running, Diagnostic? unreachable, IEnumerable<DriftItem> items) => new()
    {
        CheckedAt = now,
        Revision = revision,
        WorkerPid = running?.WorkerPid,
        Items = [.. items],
        Diagnostics = unreachable is null ? [] : [unreachable],
    };

    private async Task<(RunningState? Running, Diagnostic? Unreachable)> ReadRunningAsync(CancellationToken cancellationToken)
    {
        try
        {
            // While a reload loads, one worker or the other answers.
            await watch.WaitUntilSettledAsync(SettleLimit, cancellationToken).ConfigureAwait(false);
            return (await reader.ReadAsync(proxies: null, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RuntimeException e)
        {
            return (null, Findings.Error(DiagnosticIds.HaproxyUnreachable, e.Message));
        }
    }

    private DriftItem Unreadable(ConfigFileException why, DateTimeOffset now) => new()
    {
        Kind = DriftKind.FileUnreadable,
        What = file.Path,
        FileSays = why.Message,
        HaproxySays = "what it has loaded before",
        Since = now,
    };

    /// <summary>What somebody has changed in the file, by the names of lines: what follows may be a password.</summary>
    private static IEnumerable<DriftItem> Edits(ConfigDocument? wanted, ConfigDocument document, DateTimeOffset writtenAt) => wanted is null
        ? []
        : ConfigDiff.Between(wanted, document).Select(change => new DriftItem
        {
            Kind = DriftKind.FileEdited,
            What = Describe(change),
            FileSays = change.Kind switch
            {
                ChangeKind.Added => "it was added",
                ChangeKind.Removed => "it was removed",
                ChangeKind.Moved => "it was moved",
                _ => "it was changed",
            },
            HaproxySays = "",
            Since = writtenAt,
        });

    private static string Describe(ConfigChange change)
    {
        var section = $"{SectionKeywords.KeywordOf(change.SectionKind)} {change.SectionName}".Trim();
        return change.Subject == ChangeSubject.Section ? section : $"{section}: {change.Keyword} {change.Name}".Trim();
    }

    /// <summary>Our file with those before it, whose defaults may count, and all files where they can be read.</summary>
    private async Task<(HaproxyConfig Own, IReadOnlyList<HaproxyConfig>? All)> ReadFilesAsync(
        ConfigDocument document, CancellationToken cancellationToken)
    {
        var started = invocation is null ? null : (await invocation.ReadAsync(cancellationToken).ConfigureAwait(false)).Invocation;
        if (started is null || ReadAll(started, document) is not { } documents)
        {
            return (new HaproxyConfig(document), null);
        }

        var set = new ConfigSet(documents);
        return set.Files.FirstOrDefault(config => ReferenceEquals(config.Document, document)) is { } own
            ? (own, set.Files)
            : (new HaproxyConfig(document), null);
    }

    private static ImmutableArray<ConfigDocument>? ReadAll(HaproxyInvocation started, ConfigDocument own)
    {
        try
        {
            var ours = FileSystem.ResolveLinks(own.Path!);
            return
            [
                .. ConfigFileList.Expand(started)
                    .Select(name => FileSystem.ResolveLinks(Path.GetFullPath(name, started.ConfigFolder)))
                    .Distinct(StringComparer.Ordinal)
                    .Select(path => path == ours ? own : ConfigDocument.Load(path)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnixException)
        {
            return null;
        }
    }
}
