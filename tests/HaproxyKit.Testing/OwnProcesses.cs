using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>
/// The processes that one instance started, found by what their command lines name, and signals to them.
/// </summary>
internal static partial class OwnProcesses
{
    /// <summary>Every running process whose command line starts with a program and names a folder.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="folder">The instance's folder, whose random name no other process names.</param>
    /// <returns>The process ids; zombies are not among them.</returns>
    public static IReadOnlyList<int> Of(string program, string folder)
    {
        var found = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                continue;
            var line = CommandLine(pid);
            var runsProgram = line.StartsWith(program + "\0", StringComparison.Ordinal);
            if (runsProgram && line.Contains(folder, StringComparison.Ordinal))
                found.Add(pid);
        }

        return found;
    }

    /// <summary>Sends a signal; a process that has ended meanwhile is no error.</summary>
    /// <param name="pid">A process that a test started; never 0 or less, which would mean groups of processes.</param>
    /// <param name="signal">The signal.</param>
    public static void Signal(int pid, ProcessSignal signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        _ = Kill(pid, (int)signal);
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
