using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <summary>The processes of a master: the answer of <c>show proc</c> on the master socket (management guide, 9.4).</summary>
public sealed class ProcessList
{
    private ProcessList(ProcessEntry master, int failedReloads, IReadOnlyList<ProcessEntry> workers, IReadOnlyList<ProcessEntry> old)
    {
        Master = master;
        FailedReloads = failedReloads;
        Workers = workers;
        OldWorkers = old;
    }

    /// <summary>The master; its reloads count all since it was started, failed ones too.</summary>
    public ProcessEntry Master { get; }

    /// <summary>How many reloads in a row have failed; the next that succeeds sets it to 0.</summary>
    public int FailedReloads { get; }

    /// <summary>
    /// The worker that serves, or, from 3.1 on, the one that is still loading. After a failed reload 3.1 and later show none
    /// here, and the one that serves on among <see cref="OldWorkers"/>.
    /// </summary>
    public IReadOnlyList<ProcessEntry> Workers { get; }

    /// <summary>Workers of earlier configurations that still have sessions.</summary>
    public IReadOnlyList<ProcessEntry> OldWorkers { get; }

    /// <returns>What the answer says, or null where it names no master.</returns>
    internal static ProcessList? Parse(string answer)
    {
        ProcessEntry? master = null;
        var failed = 0;
        var workers = new List<ProcessEntry>();
        var old = new List<ProcessEntry>();
        var isOld = false;
        foreach (var line in answer.Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                isOld = line.StartsWith("# old workers", StringComparison.Ordinal);
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, "master", _, "[failed:", var count, ..])
            {
                master = Entry([.. words[..3], .. words[5..]]);
                _ = int.TryParse(count.TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out failed);
            }
            else if (words is [_, "master", ..])
            {
                master = Entry(words);
            }
            else if (words is [_, "worker", ..] && Entry(words) is { } worker)
            {
                (isOld ? old : workers).Add(worker);
            }
        }

        return master is { } known ? new ProcessList(known, failed, workers, old) : null;
    }

    private static ProcessEntry? Entry(string[] words) =>
        words is [var pidText, _, var reloadText, var uptime, var version, ..]
        && int.TryParse(pidText, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && int.TryParse(reloadText, NumberStyles.None, CultureInfo.InvariantCulture, out var reloads)
            ? new ProcessEntry(pid, reloads, ParseUptime(uptime), version)
            : null;

    private static TimeSpan ParseUptime(string text) =>
        TimeSpan.TryParseExact(text, @"d\dhh\hmm\mss\s", CultureInfo.InvariantCulture, out var uptime) ? uptime : TimeSpan.Zero;
}
