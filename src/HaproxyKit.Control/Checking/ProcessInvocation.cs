using System.Globalization;
using System.Text;

namespace HaproxyKit.Control.Checking;

/// <summary>Reads from <c>/proc</c> how a process was started.</summary>
internal static class ProcessInvocation
{
    private const string DeletedMark = " (deleted)";

    /// <summary>
    /// What HAProxy's master, and the service manager, set for the master alone. A check that inherited them would take
    /// itself for a master that is loading again.
    /// </summary>
    private static readonly HashSet<string> OwnVariables = new(StringComparer.Ordinal)
    {
        "HAPROXY_MWORKER", "HAPROXY_MWORKER_REEXEC", "HAPROXY_MWORKER_WAIT_ONLY", "HAPROXY_PROCESSES",
        "HAPROXY_STARTUPLOGS_FD", "HAPROXY_LOAD_SUCCESS", "HAPROXY_STARTUP_VERSION", "NOTIFY_SOCKET", "WATCHDOG_PID",
        "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES",
    };

    internal static InvocationReading Read(int pid)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        try
        {
            var words = Words(File.ReadAllBytes($"{folder}/cmdline"));
            if (words is not [var program, .. var arguments])
            {
                return InvocationReading.Failed(InvocationFault.ProcessGone, $"process {pid} has ended");
            }

            if (HaproxyCommandLine.Parse(arguments) is not { } line)
            {
                return InvocationReading.Failed(
                    InvocationFault.NotUnderstood,
                    $"the command line of process {pid} is none that HAProxy understands");
            }

            if (line.ConfigPaths.Count == 0)
            {
                return InvocationReading.Failed(
                    InvocationFault.NoConfigFiles, $"the command line of process {pid} has no -f");
            }

            var workingFolder = LinkTarget($"{folder}/cwd");
            return ReadEnvironment(folder, out var environment) is { } variable
                ? InvocationReading.Failed(
                    InvocationFault.EnvironmentNotText,
                    $"the variable {variable} of process {pid} is no text, and cannot be passed on")
                : new InvocationReading
                {
                    Invocation = new HaproxyInvocation
                    {
                        Executable = Executable(program, LinkTarget($"{folder}/exe"), workingFolder),
                        ConfigPaths = line.ConfigPaths,
                        Options = line.Options,
                        WorkingFolder = workingFolder,
                        Environment = environment,
                        MasterPid = pid,
                    },
                };
        }
        catch (UnauthorizedAccessException e)
        {
            return InvocationReading.Failed(
                InvocationFault.NotPermitted,
                $"the environment and the folder of process {pid} belong to another user: run as that user or as root,"
                + $" or set how HAProxy is started ({e.Message})");
        }
        catch (IOException e)
        {
            return InvocationReading.Failed(InvocationFault.ProcessGone, $"process {pid} cannot be read: {e.Message}");
        }
    }

    /// <summary>
    /// The program that the next reload runs: the master starts itself again by the name that it was called by, so
    /// after an upgrade that is the new one. A name without a folder is taken for the file that runs.
    /// </summary>
    private static string Executable(string program, string running, string workingFolder)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            var named = Path.GetFullPath(program, workingFolder);
            if (File.Exists(named))
            {
                return named;
            }
        }

        return running.EndsWith(DeletedMark, StringComparison.Ordinal) ? running[..^DeletedMark.Length] : running;
    }

    private static string LinkTarget(string link) =>
        new FileInfo(link).LinkTarget ?? throw new IOException($"{link} points nowhere");

    private static string? ReadEnvironment(string folder, out Dictionary<string, string> environment)
    {
        environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in Words(File.ReadAllBytes($"{folder}/environ")))
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || OwnVariables.Contains(variable[..equals]))
            {
                continue;
            }

            if (variable.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return variable[..equals];
            }

            environment.TryAdd(variable[..equals], variable[(equals + 1)..]);
        }

        return null;
    }

    private static string[] Words(byte[] bytes) =>
        bytes.Length == 0 ? [] : Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0)).Split('\0');
}
