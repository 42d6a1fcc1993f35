using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>Reads the addresses on which to listen.</summary>
internal static class ListenAddresses
{
    /// <summary>Reads addresses with ports, with commas between.</summary>
    /// <param name="text">The text.</param>
    /// <param name="endPoints">The addresses, at least one, or null.</param>
    /// <param name="problem">What is wrong, or null.</param>
    internal static bool TryParse(
        string? text, [NotNullWhen(true)] out IReadOnlyList<IPEndPoint>? endPoints, [NotNullWhen(false)] out string? problem)
    {
        endPoints = null;
        problem = null;
        var found = new List<IPEndPoint>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            // Without a port the parser gives 0, which would be a port that nobody knows.
            if (!IPEndPoint.TryParse(part, out var endPoint)
                || (endPoint.Port == 0 && !part.EndsWith(":0", StringComparison.Ordinal)))
            {
                problem = $"has '{part}', which is no address with a port such as 0.0.0.0:9000 or [::]:9000";
                return false;
            }

            found.Add(endPoint);
        }

        endPoints = found;
        return true;
    }
}
