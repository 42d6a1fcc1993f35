using System.Globalization;

namespace HaproxyKit.Control.Planning;

/// <summary>How many descriptors a process may open at most: what HAProxy raises its own limit to, <c>Ulimit-n</c>, ends there.</summary>
internal static class DescriptorLimit
{
    private const string Name = "Max open files";

    /// <summary>The hard limit of a process, or null where it has none or may not be looked into.</summary>
    internal static long? Of(int pid)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/limits"))
                .FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
            var words = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is [_, var hard, ..] && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
