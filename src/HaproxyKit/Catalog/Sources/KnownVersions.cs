using System.Globalization;

namespace HaproxyKit.Catalog.Sources;

/// <summary>The versions whose own lists are in this folder.</summary>
internal static class KnownVersions
{
    internal const string Oldest = "2.6";

    internal static readonly string[] Dumped = [Oldest, "3.0", "3.2", "3.4", "3.5"];

    /// <summary>The first version with a list that is not before another version, or null.</summary>
    internal static string? NextDumped(string version) => Array.Find(Dumped, dumped => Compare(dumped, version) >= 0);

    /// <summary>The last version with a list that is not behind another version, or null.</summary>
    internal static string? LastDumped(string version) => Array.FindLast(Dumped, dumped => Compare(dumped, version) <= 0);

    internal static int Compare(string left, string right) => Number(left).CompareTo(Number(right));

    private static int Number(string version)
    {
        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return (int.Parse(version[..dot], CultureInfo.InvariantCulture) * 100) + int.Parse(version[(dot + 1)..], CultureInfo.InvariantCulture);
    }
}
