using System.Globalization;
using System.Runtime.InteropServices;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>The process of a HAProxy master on this machine, as the kernel tells of it.</summary>
internal static partial class MasterProcess
{
    private const int SigUsr2 = 12;
    private const string ProgramName = "haproxy";

    /// <summary>The kernel tells times of processes in hundredths of a second, whatever its own clock does.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Whether a process runs here; false also where none is known.</summary>
    internal static bool IsRunning(int? pid) => pid is { } known && Stat(known) is { State: not 'Z' };

    /// <summary>The master of a worker, or null where the worker has none, or runs where we do not see it.</summary>
    internal static int? Of(int workerPid) =>
        Stat(workerPid) is { Parent: > 1 and var parent } && IsHaproxy(workerPid) && IsHaproxy(parent) ? parent : null;

    /// <summary>
    /// Whether a master would act on SIGUSR2 now. While it loads it does not catch the signal: 2.6 and 3.0 then lose one that
    /// comes when the new worker serves already. So this also tells a reload that is loading, on all versions.
    /// </summary>
    internal static bool TakesReload(int masterPid)
    {
        const ulong Bit = 1UL << (SigUsr2 - 1);
        return TryRead($"/proc/{masterPid}/status") is { } status
            && (Mask(status, "SigCgt:") & Bit) != 0
            && (Mask(status, "SigBlk:") & Bit) == 0
            && (Mask(status, "SigPnd:") & Bit) == 0
            && (Mask(status, "ShdPnd:") & Bit) == 0;
    }

    /// <summary>Reads the process id of the master from its pid file (<c>-p</c>, or <c>pidfile</c>).</summary>
    /// <exception cref="RuntimeException">The file does not hold one.</exception>
    internal static int ReadPidFile(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && pid > 1
                    ? pid
                    : throw Refused($"the pid file {path} does not hold one process id");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw Refused($"the pid file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Makes sure that a process is a HAProxy master, and the one of the worker that serves.</summary>
    /// <param name="masterPid">The process.</param>
    /// <param name="serving">The worker that serves; its process id may not be known.</param>
    /// <exception cref="RuntimeException">It is not.</exception>
    internal static void Verify(int masterPid, WorkerIdentity serving)
    {
        if (!IsHaproxy(masterPid))
        {
            throw Refused($"the process {masterPid} is not a running HAProxy");
        }

        // A HAProxy without a master has nobody to start a new worker, and a wrong pid file may name another HAProxy.
        if (masterPid == serving.WorkerPid)
        {
            throw Refused($"the process {masterPid} is a HAProxy without a master (start it with -W)");
        }

        if (serving.MasterPid is { } known && known != masterPid)
        {
            throw Refused($"the process {masterPid} is not the master of the worker {serving.WorkerPid}, which serves");
        }
    }

    /// <summary>Sends SIGUSR2 to a master once it would act on it.</summary>
    /// <exception cref="RuntimeException">The process is not the master of the worker that serves, or it could not be sent.</exception>
    internal static async Task<ReloadAnswer> ReloadAsync(
        int masterPid, WorkerIdentity serving, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Verify(masterPid, serving);
        var started = time.GetTimestamp();
        while (!TakesReload(masterPid))
        {
            if (time.GetElapsedTime(started) >= limit)
            {
                throw Refused($"the process {masterPid} has been loading for {limit.TotalSeconds:0.###} s");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return Kill(masterPid, SigUsr2) == 0
            ? ReloadAnswer.None
            : throw Refused($"the process {masterPid} cannot be signalled: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>The workers of a master that are older than the one that serves; none where they cannot be seen. A younger one is still loading.</summary>
    internal static IReadOnlyList<OldWorker> OldWorkersOf(int masterPid, int servingPid, DateTimeOffset now)
    {
        var (since, serving) = (UptimeOfSystem(), Stat(servingPid)?.StartedAt ?? TimeSpan.MaxValue);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
                .Where(pid => pid > 1 && pid != servingPid)
                .Select(pid => (Pid: pid, Stat: Stat(pid)))
                .Where(process => process.Stat is { State: not 'Z' } stat && stat.Parent == masterPid && stat.StartedAt <= serving && IsHaproxy(process.Pid))
                .Select(process => new OldWorker(process.Pid, now - since + process.Stat!.Value.StartedAt, null)),
        ];
    }

    internal static RuntimeException Refused(string why, Exception? inner = null) =>
        new(RuntimeFault.Unreachable, $"HAProxy cannot be told to reload: {why}", inner);

    /// <summary>By its name, which anyone may read; its program may be read only by its own user and by root.</summary>
    private static bool IsHaproxy(int pid)
    {
        if (TryRead($"/proc/{pid}/comm") is { } name && name.StartsWith(ProgramName, StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            var program = File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false);
            return program is not null && program.Name.StartsWith(ProgramName, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static (char State, int Parent, TimeSpan StartedAt)? Stat(int pid)
    {
        // pid (name) state parent ...: the name may hold blanks and brackets.
        var text = TryRead($"/proc/{pid}/stat");
        var words = text?[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int StartedAt = 19;
        return words is [[var state], var parent, ..]
            && words.Length > StartedAt
            && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(words[StartedAt], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (state, number, TimeSpan.FromSeconds(ticks / TicksPerSecond))
            : null;
    }

    private static TimeSpan UptimeOfSystem() =>
        TryRead("/proc/uptime")?.Split(' ') is [var seconds, ..]
        && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var uptime)
            ? TimeSpan.FromSeconds(uptime)
            : TimeSpan.Zero;

    private static ulong Mask(string status, string name)
    {
        var at = status.IndexOf(name, StringComparison.Ordinal);
        var line = at < 0 ? default : status.AsSpan(at + name.Length);
        var end = line.IndexOf('\n');
        return ulong.TryParse((end < 0 ? line : line[..end]).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask)
            ? mask
            : 0;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
