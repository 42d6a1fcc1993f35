using System.Globalization;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// How HAProxy is started: told in the settings, else read from the running master, else, while none runs, as it was last seen. Where it never
/// was it is not guessed: a check with other files, another folder or another environment can pass where HAProxy fails.
/// </summary>
internal sealed class InvocationSource(HaproxyOptions options, WorkerWatch watch, TimeProvider? time = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>As long as one exchange with a socket may take.</summary>
    private static readonly TimeSpan Patience = new RuntimeClientOptions().Timeout;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private HaproxyInvocation? _lastSeen;
    private int? _filed;

    internal async Task<InvocationReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.ConfigFiles.Count > 0)
        {
            return Told([.. options.ConfigFiles]);
        }

        if (await MasterPidAsync(cancellationToken).ConfigureAwait(false) is { } pid)
        {
            var reading = await ReadAsync(pid, cancellationToken).ConfigureAwait(false);
            _lastSeen = reading.Invocation ?? _lastSeen;
            return reading;
        }

        return _lastSeen is { } invocation
            ? new InvocationReading { Invocation = invocation }
            : InvocationReading.Failed(
                InvocationFault.ProcessGone, "no HAProxy runs that would tell with which files, folder and environment it is started");
    }

    /// <summary>Whether a master runs, by its sockets or by the pid file.</summary>
    internal async Task<bool> IsRunningAsync(CancellationToken cancellationToken) =>
        await MasterPidAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>A master that executes itself again, as it does to reload, shows neither arguments nor environment for a moment.</summary>
    private async Task<InvocationReading> ReadAsync(int masterPid, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var reading = HaproxyInvocation.FromProcess(masterPid);
            if (reading.Fault != InvocationFault.ProcessGone || !MasterProcess.IsRunning(masterPid) || _time.GetElapsedTime(started) >= Patience)
            {
                return reading;
            }

            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private InvocationReading Told(IReadOnlyList<string> files) => new()
    {
        Invocation = new HaproxyInvocation
        {
            Executable = options.Executable,
            ConfigPaths = files,
            WorkingFolder = options.WorkingFolder,
            Environment = HaproxyInvocation.OwnEnvironment(),
        },
    };

    /// <summary>
    /// The master's process id, or null where no HAProxy runs. A master that loads does not answer, so where there is a socket it is waited
    /// for a while; the watch never opens that socket in the states in which this would end the master.
    /// </summary>
    private async Task<int?> MasterPidAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            if (await SeenPidAsync(cancellationToken).ConfigureAwait(false) is { } seen)
            {
                return seen;
            }

            if (await FiledPidAsync(cancellationToken).ConfigureAwait(false) is { } filed)
            {
                return filed;
            }

            if (watch.Master is null || HasEnded() || _time.GetElapsedTime(started) >= Patience)
            {
                return null;
            }

            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the pid file names a process that runs no more: its process id stays over reloads, so nobody loads, and there is nothing to wait for.</summary>
    private bool HasEnded() => _filed is { } pid && !Directory.Exists($"/proc/{pid}");

    private async Task<int?> SeenPidAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await watch.ReadAsync(cancellationToken).ConfigureAwait(false)).MasterPid;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private async Task<int?> FiledPidAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(options.PidFile, cancellationToken).ConfigureAwait(false);
            _filed = int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
            return HasEnded() ? null : _filed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
