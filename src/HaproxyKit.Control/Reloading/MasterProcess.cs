using System.Globalization;
using System.Runtime.InteropServices;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>The process of a HAProxy master, told by its pid file or its process id.</summary>
public sealed partial class MasterProcess
{
    private const int SigUsr2 = 12;
    private const string ProgramName = "haproxy";

    private readonly string? pidFile;
    private readonly int pid;

    private MasterProcess(string? pidFile, int pid)
    {
        this.pidFile = pidFile;
        this.pid = pid;
    }

    /// <summary>The master whose process id a file holds, read anew for every signal (<c>-p</c>, or <c>pidfile</c>).</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The process.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static MasterProcess FromPidFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new MasterProcess(path, 0);
    }

    /// <summary>The master with a process id.</summary>
    /// <param name="pid">The process id, more than 1.</param>
    /// <returns>The process.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The process id is 1 or less.</exception>
    public static MasterProcess WithPid(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pid, 1);
        return new MasterProcess(null, pid);
    }

    /// <summary>Sends SIGUSR2, once it is sure that the process is a HAProxy master, and that of the worker that serves.</summary>
    /// <param name="serving">The worker that serves; its process id may not be known.</param>
    /// <exception cref="RuntimeException">It is not, or it may not be signalled: nothing was sent.</exception>
    internal void AskToReload(WorkerIdentity serving)
    {
        var master = pidFile is null ? pid : ReadPidFile(pidFile);
        if (!IsHaproxy(master))
        {
            throw Refused($"the process {master} is not a running HAProxy");
        }

        // A HAProxy without a master has nobody to start a new worker, and a wrong pid file may name another HAProxy.
        if (master == serving.WorkerPid)
        {
            throw Refused($"the process {master} is a HAProxy without a master (start it with -W)");
        }

        if ((serving.MasterPid is { } known && known != master)
            || (serving.WorkerPid is { } worker && ParentOf(worker) is { } parent && parent != master))
        {
            throw Refused($"the process {master} is not the master of the worker {serving.WorkerPid}, which serves");
        }

        if (Kill(master, SigUsr2) != 0)
        {
            throw Refused($"the process {master} cannot be signalled: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Whether a process runs here; false also where none is known.</summary>
    internal static bool IsRunning(int? pid) => pid is { } known && Stat(known) is { State: not 'Z' };

    private static int ReadPidFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused($"the pid file cannot be read: {e.Message}", e);
        }

        return int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 1
            ? pid
            : throw Refused($"the pid file {path} does not hold one process id");
    }

    /// <summary>By its name, which anyone may read; its program may be read only by its own user and by root.</summary>
    private static bool IsHaproxy(int pid)
    {
        try
        {
            if (File.ReadAllText($"/proc/{pid}/comm").StartsWith(ProgramName, StringComparison.Ordinal))
            {
                return true;
            }

            var program = File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false);
            return program is not null && program.Name.StartsWith(ProgramName, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? ParentOf(int pid) => Stat(pid)?.Parent;

    private static (char State, int Parent)? Stat(int pid)
    {
        try
        {
            // pid (name) state parent ...: the name may hold blanks and brackets.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var words = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is [[var state], var parent, ..]
                && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (state, number)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RuntimeException Refused(string why, Exception? inner = null) =>
        new(RuntimeFault.Unreachable, $"HAProxy cannot be told to reload: {why}", inner);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
