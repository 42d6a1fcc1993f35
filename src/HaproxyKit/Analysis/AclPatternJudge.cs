using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>Judges one pattern of an ACL by what it is compared with (configuration manual, chapter 7.1).</summary>
internal static class AclPatternJudge
{
    /// <summary>Whether patterns can be wrong where no flag says how they are compared.</summary>
    internal static bool Judges(SampleType type, AclMatchMethod method) =>
        WantsMethod(type, method)
        || Effective(type, method) is AclMatchMethod.Number or AclMatchMethod.Length or AclMatchMethod.Regex or AclMatchMethod.Address;

    /// <summary>Whether a flag must say how patterns are compared.</summary>
    internal static bool WantsMethod(SampleType type, AclMatchMethod method) =>
        method == AclMatchMethod.Unspecified && type is (SampleType.Any or SampleType.Binary);

    /// <summary>Judges a pattern; behind <c>-n</c> it is literal, as no name is looked up there.</summary>
    /// <returns>Whether it is an operator, behind which a number is expected.</returns>
    internal static bool Check(LineContext line, int word, SampleType type, AclMatchMethod method, bool isLiteral, bool isBehindOperator)
    {
        var pattern = line.Words[word];
        switch (Effective(type, method))
        {
            case AclMatchMethod.Number or AclMatchMethod.Length:
                if (!isBehindOperator && AclInteger.IsOperator(pattern))
                {
                    return true;
                }

                if (!(isBehindOperator && !line.Words[word - 1].SequenceEqual("eq"u8) ? IsDotted(pattern) : AclInteger.TryParse(pattern, out _)))
                {
                    line.Error(
                        DiagnosticIds.InvalidAclPattern, word, $"'{line.Text(word)}' is no number and no range of numbers",
                        "write numbers, ranges such as 1:5, or an operator (eq, ge, gt, le, lt) and a number");
                }

                break;
            case AclMatchMethod.Binary:
                if (pattern.Length % 2 != 0 || !IsHex(pattern))
                {
                    line.Error(
                        DiagnosticIds.InvalidAclPattern, word, $"'{line.Text(word)}' is no row of bytes", "write two hexadecimal digits for each byte");
                }

                break;
            case AclMatchMethod.Regex:
                if (Rules.RegexRule.Describe(pattern) is { } fault)
                {
                    line.Error(DiagnosticIds.InvalidRegex, word, $"'{line.Text(word)}' is no regular expression: {fault}");
                }

                break;
            case AclMatchMethod.Address:
                if (!(isLiteral ? NetworkText.IsNetwork(pattern) : NetworkText.MayBeNetwork(pattern)))
                {
                    line.Error(
                        DiagnosticIds.InvalidAclPattern, word, $"'{line.Text(word)}' is no IP address and no network",
                        "for example 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32");
                }

                break;
        }

        return false;
    }

    private static bool IsHex(ReadOnlySpan<byte> pattern)
    {
        foreach (var digit in pattern)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Behind an operator other than eq HAProxy reads the digits before the first dot, and no further.</summary>
    private static bool IsDotted(ReadOnlySpan<byte> pattern)
    {
        var digits = pattern is [(byte)'-', ..] ? pattern[1..] : pattern;
        return digits is [>= (byte)'0' and <= (byte)'9', ..] && !digits.ContainsAnyExcept(ByteSets.DottedRange);
    }

    private static AclMatchMethod Effective(SampleType type, AclMatchMethod method) =>
        method != AclMatchMethod.Unspecified ? method : type switch
        {
            SampleType.Number => AclMatchMethod.Number,
            SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6 => AclMatchMethod.Address,
            _ => AclMatchMethod.Unspecified,
        };
}
