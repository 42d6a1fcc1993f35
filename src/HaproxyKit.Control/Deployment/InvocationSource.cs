using System.Globalization;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// How HAProxy is started: told in the settings, else read from the running master, else, while none runs, as it was last seen; and where it never
/// was, from the settings' own file alone.
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

        return _lastSeen is { } invocation ? new InvocationReading { Invocation = invocation } : Told([options.ConfigFile]);
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

    /// <summary>The master's process id, or null where no HAProxy runs.</summary>
    private async Task<int?> MasterPidAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (master is not null)
            {
                return (await master.ShowProcessesAsync(cancellationToken).ConfigureAwait(false)).Master.Pid;
            }

            var text = await File.ReadAllTextAsync(options.PidFile, cancellationToken).ConfigureAwait(false);
            return int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Directory.Exists($"/proc/{pid}") ? pid : null;
        }
        catch (Exception e) when (e is RuntimeException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
