using System.Net;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Judges what <c>set server ... addr</c> answers. There are no codes, and errors look like successes, so every part of the
/// sentence must be one that is known, and must name the values that were asked for.
/// </summary>
internal static class AddressAnswer
{
    private const string By = " by 'stats socket command'";
    private const string IpChanged = "IP changed from '";
    private const string PortChanged = "port changed from '";
    private const string To = "' to '";

    internal static RuntimeChange Judge(string answer, IPAddress address, string port)
    {
        var sentence = answer.EndsWith(By, StringComparison.Ordinal) ? answer[..^By.Length] : answer;
        var changed = false;
        foreach (var part in sentence.Split(", "))
        {
            if (part is "nothing changed" or "no need to change the addr" or "no need to change the port")
            {
                continue;
            }

            if (NewValue(part, IpChanged) is { } newAddress && IPAddress.TryParse(newAddress, out var now) && now.Equals(address))
            {
                changed = true;
            }
            else if (NewValue(part, PortChanged) is { } newPort && string.Equals(newPort, port, StringComparison.Ordinal))
            {
                changed = true;
            }
            else
            {
                return new RuntimeChange(SilentAnswer.OutcomeOfRefusal(answer), answer);
            }
        }

        return new RuntimeChange(changed ? RuntimeOutcome.Changed : RuntimeOutcome.Unchanged, answer);
    }

    /// <summary>The last quoted value of <c>... changed from 'a' to 'b'</c>.</summary>
    private static string? NewValue(string part, string start)
    {
        var to = part.IndexOf(To, StringComparison.Ordinal);
        return part.StartsWith(start, StringComparison.Ordinal) && to >= 0 && part.EndsWith('\'')
            ? part[(to + To.Length)..^1]
            : null;
    }
}
