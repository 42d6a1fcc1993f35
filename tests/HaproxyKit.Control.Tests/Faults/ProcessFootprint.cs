using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>What a process holds: open descriptors, sockets among them, children, and managed memory that is in use.</summary>
internal sealed partial record ProcessFootprint(int Descriptors, int Sockets, int Children, long ManagedBytes)
{
    /// <summary>Measures this process, once all that is not in use is collected.</summary>
    internal static ProcessFootprint Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The runtime keeps each library open that it has loaded, and loads one when it is first used.
        var links = Directory.GetFileSystemEntries("/proc/self/fd").Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(link => !link.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        var children = Directory.GetDirectories("/proc/self/task").Sum(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        return new ProcessFootprint(links.Count, links.Count(link => link.StartsWith("socket:", StringComparison.Ordinal)), children, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>All that a program wrote of itself among other lines.</summary>
    internal static IReadOnlyList<ProcessFootprint> ReadAll(string lines) =>
        [.. Line().Matches(lines).Select(match => new ProcessFootprint(Number(match, 1), Number(match, 2), Number(match, 3), long.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture)))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"holds {Descriptors} descriptors, {Sockets} sockets, {Children} children, {ManagedBytes} bytes");

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"holds (\d+) descriptors, (\d+) sockets, (\d+) children, (\d+) bytes", RegexOptions.None, 1_000)]
    private static partial Regex Line();
}
