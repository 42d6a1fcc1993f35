using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>
/// Keeps the master's socket shut while it may be deadly to open it: from 3.3 on, a master that has tried to load files
/// that cannot be read to their end goes on, and ends with all its workers at the next connection to its socket.
/// </summary>
/// <remarks>
/// Whether somebody has had the master load such files cannot be seen without that socket. So it stays shut from when
/// such files are seen until another worker serves, which shows that the master has loaded better ones.
/// </remarks>
/// <param name="stats">The worker's stats socket.</param>
internal sealed class MasterSocketGuard(RuntimeClient stats)
{
    private static readonly Version FirstDeadly = new(3, 3);

    private readonly Lock gate = new();
    private Version? version;
    private int? shutFor;
    private HaproxyInvocation? invocation;
    private string? judged;
    private bool isTorn;

    /// <summary>Whether the master's socket may be opened, as last judged.</summary>
    internal bool IsShut
    {
        get
        {
            lock (gate)
            {
                return shutFor is not null;
            }
        }
    }

    /// <summary>Notes the version of a worker, which an upgrade changes.</summary>
    internal void Note(RuntimeInfo info)
    {
        lock (gate)
        {
            version = info.Version;
            shutFor = info.Version < FirstDeadly ? null : shutFor;
        }
    }

    /// <summary>Judges whether the master's socket may be opened now.</summary>
    internal async ValueTask<bool> MayOpenAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (version is { } known && known < FirstDeadly)
            {
                return true;
            }
        }

        RuntimeInfo info;
        try
        {
            info = await stats.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException)
        {
            // Only the master can still tell anything; what is known of it decides.
            return !IsShut;
        }

        Note(info);
        lock (gate)
        {
            if (info.Version < FirstDeadly)
            {
                return true;
            }

            if (shutFor is { } worker && worker != info.Pid)
            {
                shutFor = null;
            }

            if (shutFor is null && MasterProcess.Of(info.Pid) is { } master && AreFilesTorn(master))
            {
                shutFor = info.Pid;
            }

            return shutFor is null;
        }
    }

    private bool AreFilesTorn(int masterPid)
    {
        if (invocation?.MasterPid != masterPid)
        {
            invocation = HaproxyInvocation.FromProcess(masterPid).Invocation;
        }

        if (invocation is not { } started)
        {
            return false;
        }

        // Reading them all is a matter of milliseconds, which this need not take each time.
        var now = string.Join('\n', ConfigurationSight.Files(started).Select(Stamp));
        if (!string.Equals(now, judged, StringComparison.Ordinal))
        {
            isTorn = ConfigurationSight.Read(started) is { IsTorn: true };
            judged = now;
        }

        return isTorn;
    }

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? FormattableString.Invariant($"{path} {file.Length} {file.LastWriteTimeUtc.Ticks} {file.CreationTimeUtc.Ticks}") : path;
    }
}
