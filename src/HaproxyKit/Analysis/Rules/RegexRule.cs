using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3218: a regular expression that no library accepts: a parenthesis or a bracket without its other half, or
/// nothing to repeat. What else is wrong with it depends on the library that HAProxy was built with.
/// </summary>
internal sealed class RegexRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Regex];

    public void Check(in ValueContext value)
    {
        if (Describe(value.Value) is { } fault)
        {
            value.Error(DiagnosticIds.InvalidRegex, $"'{value.Text}' is no regular expression: {fault}");
        }
    }

    internal static string? Describe(ReadOnlySpan<byte> regex)
    {
        var depth = 0;
        var canRepeat = false;
        for (var i = 0; i < regex.Length; i++)
        {
            switch (regex[i])
            {
                case (byte)'\\':
                    if (++i == regex.Length)
                    {
                        return "it ends in a backslash";
                    }

                    // Between \Q and \E nothing means anything; that is left to HAProxy.
                    if (regex[i] == 'Q')
                    {
                        return null;
                    }

                    canRepeat = true;
                    break;
                case (byte)'[':
                    i = EndOfClass(regex, i);
                    if (i < 0)
                    {
                        return "a '[' is not closed";
                    }

                    canRepeat = true;
                    break;
                case (byte)'(':
                    depth++;
                    canRepeat = i + 1 < regex.Length && regex[i + 1] is (byte)'?' or (byte)'*';
                    break;
                case (byte)')':
                    if (--depth < 0)
                    {
                        return "a ')' closes nothing";
                    }

                    canRepeat = true;
                    break;
                case (byte)'|':
                    canRepeat = false;
                    break;
                case (byte)'*' or (byte)'+' or (byte)'?':
                    if (!canRepeat)
                    {
                        return $"there is nothing for '{(char)regex[i]}' to repeat";
                    }

                    break;
                default:
                    canRepeat = true;
                    break;
            }
        }

        return depth > 0 ? "a '(' is not closed" : null;
    }

    /// <summary>The bracket that closes a class; one directly behind the opening one, or behind <c>^</c>, does not.</summary>
    private static int EndOfClass(ReadOnlySpan<byte> regex, int open)
    {
        var at = open + 1;
        at += at < regex.Length && regex[at] == '^' ? 1 : 0;
        at += at < regex.Length && regex[at] == ']' ? 1 : 0;
        for (; at < regex.Length; at++)
        {
            if (regex[at] == '\\')
            {
                at++;
            }
            else if (regex[at] == '[' && at + 1 < regex.Length && regex[at + 1] is (byte)':' or (byte)'.' or (byte)'=')
            {
                var end = regex[(at + 2)..].IndexOf((byte)']');
                at = end < 0 ? regex.Length : at + 2 + end;
            }
            else if (regex[at] == ']')
            {
                return at;
            }
        }

        return -1;
    }
}
