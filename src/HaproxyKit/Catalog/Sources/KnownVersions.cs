using System.Globalization;

namespace HaproxyKit.Catalog.Sources;

/// <summary>The versions whose own lists are in this folder.</summary>
internal static class KnownVersions
{
    internal const string Oldest = "2.6";

    internal static readonly string[] Dumped = [Oldest, "3.0", "3.2", "3.5"];

    internal static int Compare(string left, string right) => Number(left).CompareTo(Number(right));

    private static int Number(string version)
    {
        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return (int.Parse(version[..dot], CultureInfo.InvariantCulture) * 100) + int.Parse(version[(dot + 1)..], CultureInfo.InvariantCulture);
    }
}
