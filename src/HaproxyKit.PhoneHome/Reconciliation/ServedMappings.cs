using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// What HAProxy was seen to serve last, from which a call that changes nothing is answered without a file read, a write, a command or a lock.
/// It speaks only while nothing says otherwise: nobody has written the file, the worker lives, no look for drift found another worker,
/// another revision or a difference, and it is not older than two looks of maintenance.
/// </summary>
internal sealed class ServedMappings(MappingFile file, SettingsArbiter arbiter, IOptions<PhoneHomeOptions> options, TimeProvider time, Func<DriftReport?> lastLook,
    AlarmBoard? alarms = null)
{
    /// <summary>File and process are looked at so often at most, whatever the number of calls.</summary>
    internal static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(10);

    private ServedSnapshot? _snapshot;

    /// <summary>The nodes that an operator keeps out of service: they are served as asked for, and get no traffic.</summary>
    internal HeldNodes Held { get; } = new(alarms);

    /// <summary>The answer to a call that changes nothing of what is served; null where it has to go the long way.</summary>
    internal MappingOutcome.Served? Find(MappingIntent.Call call)
    {
        if (call.Command.Action != MappingAction.Add || Volatile.Read(ref _snapshot) is not { } snapshot || !Holds(snapshot))
        {
            return null;
        }

        var port = call.Command.FrontendPort;
        return snapshot.Mappings[port] is { } served
            && snapshot.Mappings.Decide(arbiter.Hear(call, served, isTold: true), options.Value.DefaultLease) is { Conflict: null, Change: MappingChange.Unchanged } decision
            && served.Equals(decision.Mappings[port])
                ? Held.Warn(snapshot.Answer, call.Command)
                : null;
    }

    /// <summary>Nothing is known any more.</summary>
    internal void Forget() => Volatile.Write(ref _snapshot, null);

    /// <summary>The last look for drift: what is found later than the deployment began is news.</summary>
    internal DriftReport? LastLook => lastLook();

    /// <summary>Notes what a deployment has found or made HAProxy to serve.</summary>
    /// <param name="mappings">What is served.</param>
    /// <param name="result">What became of the deployment.</param>
    /// <param name="report"><see cref="LastLook"/> of before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task ConfirmAsync(DesiredMappings mappings, DeploymentResult result, DriftReport? report, CancellationToken cancellationToken)
    {
        Held.Note(mappings, result);
        try
        {
            var now = time.GetTimestamp();
            var isServed = result.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged && result.WorkerPid is not null;
            var read = isServed ? await file.ReadRevisionAsync(cancellationToken).ConfigureAwait(false) : null;
            Volatile.Write(ref _snapshot, read?.Hash == result.Revision ? Snapshot(mappings, result, read, report, now) : null);
        }
        catch (ConfigFileException)
        {
            Forget();
        }
    }

    private static ServedSnapshot Snapshot(
        DesiredMappings mappings, DeploymentResult result, ConfigRevision revision, DriftReport? report, long now)
    {
        var process = $"/proc/{result.WorkerPid}";
        return new ServedSnapshot
        {
            Mappings = mappings,
            Answer = new MappingOutcome.Served
            {
                Change = MappingChange.Unchanged,
                WorkerPid = result.WorkerPid,
                Revision = result.Revision,
            },
            Revision = revision,
            WorkerPid = result.WorkerPid,
            ProcessPath = Directory.Exists(process) ? process : null,
            SeenAt = now,
            LookedAt = now,
            Report = report,
        };
    }

    private bool Holds(ServedSnapshot snapshot)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(snapshot.SeenAt, now) > 2 * options.Value.MaintenanceInterval || !IsConfirmedBy(snapshot, lastLook()))
        {
            return false;
        }

        if (time.GetElapsedTime(snapshot.LookedAt, now) < LookPause)
        {
            return true;
        }

        if (!file.IsStill(snapshot.Revision) || (snapshot.ProcessPath is { } process && !Directory.Exists(process)))
        {
            // Not before another pass has looked: a file that is set back by hand may have been loaded in between.
            Interlocked.CompareExchange(ref _snapshot, null, snapshot);
            return false;
        }

        snapshot.LookedAt = now;
        return true;
    }

    private static bool IsConfirmedBy(ServedSnapshot snapshot, DriftReport? report)
    {
        if (ReferenceEquals(report, snapshot.Report) || report is null)
        {
            return true;
        }

        if (report.HasDrift || report.WorkerPid != snapshot.WorkerPid || report.Revision != snapshot.Revision.Hash)
        {
            return false;
        }

        snapshot.Report = report;
        return true;
    }
}
