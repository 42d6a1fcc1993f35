using System.Globalization;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// How HAProxy is started: told in the settings, else read from the running master, else, while none runs, as it was last seen. Where it never
/// was it is not guessed: a check with other files, another folder or another environment can pass where HAProxy fails.
/// </summary>
internal sealed class InvocationSource(HaproxyOptions options, MasterClient? master)
{
    private HaproxyInvocation? _lastSeen;

    internal async Task<InvocationReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.ConfigFiles.Count > 0)
        {
            return Told([.. options.ConfigFiles]);
        }

        if (await MasterPidAsync(cancellationToken).ConfigureAwait(false) is { } pid)
        {
            var reading = HaproxyInvocation.FromProcess(pid);
            _lastSeen = reading.Invocation ?? _lastSeen;
            return reading;
        }

        return _lastSeen is { } invocation
            ? new InvocationReading { Invocation = invocation }
            : InvocationReading.Failed(
                InvocationFault.ProcessGone, "no HAProxy runs that would tell with which files, folder and environment it is started");
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

    /// <summary>The master's process id, or null where no HAProxy runs. A master's socket that does not answer does not mean that.</summary>
    private async Task<int?> MasterPidAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (master is not null)
            {
                return (await master.ShowProcessesAsync(cancellationToken).ConfigureAwait(false)).Master.Pid;
            }
        }
        catch (RuntimeException)
        {
            // The pid file may still tell.
        }

        try
        {
            var text = await File.ReadAllTextAsync(options.PidFile, cancellationToken).ConfigureAwait(false);
            return int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Directory.Exists($"/proc/{pid}") ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
