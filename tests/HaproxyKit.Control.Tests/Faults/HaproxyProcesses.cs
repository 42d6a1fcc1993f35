using System.Globalization;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>The processes that name a test's own folder, as the kernel shows them.</summary>
internal static class HaproxyProcesses
{
    /// <summary>Every process of HAProxy's program that names the folder: masters, workers, and checks.</summary>
    internal static IReadOnlyList<int> Of(HaproxyInstance instance) =>
        [.. Numbers().Where(pid => WordsOf(pid) is [var program, ..] words && program == instance.Program && words.Any(word => word.Contains(instance.Folder)))];

    /// <summary>The files that the master was given with <c>-f</c>.</summary>
    internal static IReadOnlyList<string> FilesOf(HaproxyInstance instance)
    {
        // A master that executes itself anew, as it does for each reload, has no words for a moment.
        string[] words = [];
        Assert.True(SpinWait.SpinUntil(() => (words = WordsOf(instance.MasterPid)).Length > 0, Eventually.DefaultTimeout), "the master has no command line");
        return [.. words.Index().Where(word => word.Index > 0 && words[word.Index - 1] == "-f").Select(word => word.Item).Distinct()];
    }

    private static IEnumerable<int> Numbers() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0);

    private static string[] WordsOf(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
