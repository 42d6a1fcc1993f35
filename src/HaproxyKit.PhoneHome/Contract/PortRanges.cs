using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>A set of ports, written as ports and ranges with commas between: <c>443,8000-8999</c>.</summary>
public sealed class PortRanges
{
    private readonly (int First, int Last)[] ranges;

    private PortRanges((int First, int Last)[] ranges) => this.ranges = ranges;

    /// <summary>Reads a set of ports.</summary>
    /// <param name="text">Ports from 1 to 65535 and ranges, in any order; blanks around them do not count.</param>
    /// <param name="ports">The set, or null.</param>
    /// <param name="problem">What is wrong with the text, or null.</param>
    /// <returns>True where the text could be read.</returns>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out PortRanges? ports, [NotNullWhen(false)] out string? problem)
    {
        ports = null;
        problem = null;
        var read = new List<(int First, int Last)>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var firstText = dash < 0 ? part : part[..dash].TrimEnd();
            var lastText = dash < 0 ? part : part[(dash + 1)..].TrimStart();
            if (!PortText.TryRead(firstText, out var first) || !PortText.TryRead(lastText, out var last) || first > last)
            {
                problem = $"has '{part}', which is neither a port from 1 to 65535 nor a range such as 8000-8999";
                return false;
            }

            read.Add((first, last));
        }

        ports = new PortRanges([.. read]);
        return true;
    }

    /// <summary>Whether a port is in the set.</summary>
    /// <param name="port">The port.</param>
    /// <returns>True where it is.</returns>
    public bool Contains(int port)
    {
        foreach (var (first, last) in ranges)
        {
            if (port >= first && port <= last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The set as text that <see cref="TryParse"/> reads.</summary>
    /// <returns>Ports and ranges with commas between.</returns>
    public override string ToString() => string.Join(',', ranges.Select(Write));

    private static string Write((int First, int Last) range) =>
        range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}");
}
