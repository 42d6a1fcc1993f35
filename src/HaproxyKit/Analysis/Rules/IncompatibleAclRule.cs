using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3115: an ACL looks at something that is not there where the condition is evaluated; it never matches.</summary>
internal static class IncompatibleAclRule
{
    internal static void Check(LineContext line, int word, RuleContexts contexts, ReadOnlySpan<byte> name)
    {
        if (contexts is RuleContexts.None or AclJudge.Everywhere)
        {
            return;
        }

        var place = SamplePlace.Of(line);
        if (place != RuleContexts.None && (contexts & place) == 0)
        {
            line.Warning(
                DiagnosticIds.IncompatibleAcl, word, $"'{Encoding.UTF8.GetString(name)}' never matches here: what it looks at is not known yet, or no longer",
                "move the rule to a ruleset that sees it, or keep the value with set-var");
        }
    }
}
