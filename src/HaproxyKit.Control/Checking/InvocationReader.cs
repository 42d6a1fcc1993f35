using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace HaproxyKit.Control.Checking;

/// <summary>Reads how a running HAProxy was started from what the kernel tells of its master (management guide, chapter 3).</summary>
public static class InvocationReader
{
    /// <summary>What HAProxy tells itself over a re-execution. A check that inherited it would take itself for a master that starts again.</summary>
    private static readonly string[] OwnVariables =
    [
        "HAPROXY_MWORKER", "HAPROXY_MWORKER_REEXEC", "HAPROXY_MWORKER_WAIT_ONLY", "HAPROXY_PROCESSES", "HAPROXY_STARTUPLOGS_FD",
        "HAPROXY_LOAD_SUCCESS", "HAPROXY_CLI", "HAPROXY_MASTER_CLI", "HAPROXY_CFGFILES", "HAPROXY_BRANCH", "NOTIFY_SOCKET",
    ];

    /// <summary>Reads how a process was started.</summary>
    /// <param name="pid">The process id of a HAProxy, of its master where it has one.</param>
    /// <returns>The invocation, or why it cannot be known: the process is gone, is another user's, or was given no file.</returns>
    public static InvocationReading FromProcess(int pid)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        try
        {
            var arguments = Split(File.ReadAllBytes(Path.Combine(folder, "cmdline")));
            if (arguments.Count == 0)
            {
                return Unknown($"process {pid} has no command line");
            }

            var executable = LinkTarget(Path.Combine(folder, "exe"));
            var workingFolder = LinkTarget(Path.Combine(folder, "cwd"));
            if (executable is null || workingFolder is null)
            {
                return Unknown($"process {pid} may not be looked into: it takes HAProxy's user, or root");
            }

            var (files, options) = ParseArguments(arguments.Skip(1).ToList());
            return files.IsEmpty
                ? Unknown($"process {pid} ({executable}) was given no configuration with -f")
                : new InvocationReading
                {
                    Invocation = new HaproxyInvocation
                    {
                        // A program that was replaced by a package upgrade is shown with this suffix; its successor has its name.
                        Executable = executable.Replace(" (deleted)", "", StringComparison.Ordinal),
                        ConfigFiles = files,
                        Options = options,
                        WorkingFolder = workingFolder,
                        Environment = ParseEnvironment(File.ReadAllBytes(Path.Combine(folder, "environ"))),
                    },
                };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unknown($"how process {pid} was started cannot be read: {e.Message}");
        }
    }

    /// <summary>The configuration files of a command line, and the options that change how they are read.</summary>
    internal static (ImmutableArray<string> Files, ImmutableArray<string> Options) ParseArguments(IReadOnlyList<string> arguments)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var options = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var option = arguments[i];
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (option)
            {
                case "--":
                    files.AddRange(arguments.Skip(i + 1));
                    return (files.ToImmutable(), options.ToImmutable());
                case "-f" when value is not null:
                    files.Add(value);
                    i++;
                    break;
                case "-L" or "-n" or "-N" or "-m" when value is not null:
                    options.Add(option);
                    options.Add(value);
                    i++;
                    break;
                case "-C" or "-p" or "-S" or "-x" or "-M" or "-cc":
                    i++;
                    break;
                case "-W" or "-Ws":
                    options.Add("-W");
                    break;
                case "-sf" or "-st":
                    while (i + 1 < arguments.Count && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    {
                        i++;
                    }

                    break;
                default:
                    break;
            }
        }

        return (files.ToImmutable(), options.ToImmutable());
    }

    private static InvocationReading Unknown(string why) => new() { Failure = why };

    private static string? LinkTarget(string path) => File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;

    private static List<string> Split(byte[] bytes)
    {
        var parts = Encoding.UTF8.GetString(bytes).Split('\0').ToList();
        if (parts is [.., ""])
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts;
    }

    private static ImmutableDictionary<string, string> ParseEnvironment(byte[] bytes)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in Split(bytes))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !OwnVariables.Contains(entry[..equals], StringComparer.Ordinal))
            {
                variables[entry[..equals]] = entry[(equals + 1)..];
            }
        }

        return variables.ToImmutable();
    }
}
