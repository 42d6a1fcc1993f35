using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3307: a rule stands behind one of its ruleset that ends it always (manual, chapter 4.2).</summary>
internal sealed class UnreachableRule : ILineRule, ISectionRule
{
    private static readonly string[] Rulesets = ["http-request", "http-response", "http-after-response"];

    /// <summary>The rule that ends each of the rulesets, or null.</summary>
    private readonly Site?[] _ends = new Site?[Rulesets.Length];

    public IReadOnlyList<string> Keywords => Rulesets;

    public void Check(LineContext line)
    {
        ref var ended = ref _ends[RulesetOf(line.Keyword)];
        if (ended is { } end)
        {
            if (!line.Run.Branches.AreExclusive(end, line.SiteOf(line.First)))
            {
                line.Warning(
                    DiagnosticIds.UnreachableRule, line.First,
                    $"this rule is never reached: the one in line {end.Number} ends '{line.Text(line.First)}' always",
                    "move it up, or give the other one a condition");
            }
        }
        else if (EndsRules(line.Argument(0)) && !HasCondition(line.Words) && line.SiteOf(line.First).Branch == 0)
        {
            ended = line.SiteOf(line.First);
        }
    }

    public void Check(SectionContext section, AnalysisRun run) => Array.Clear(_ends);

    private static int RulesetOf(ReadOnlySpan<byte> keyword) =>
        keyword.SequenceEqual("http-request"u8) ? 0 : keyword.SequenceEqual("http-response"u8) ? 1 : 2;

    private static bool EndsRules(ReadOnlySpan<byte> action) =>
        action.SequenceEqual("deny"u8) || action.SequenceEqual("allow"u8) || action.SequenceEqual("reject"u8) || action.SequenceEqual("tarpit"u8)
        || action.SequenceEqual("redirect"u8) || action.SequenceEqual("return"u8) || action.SequenceEqual("silent-drop"u8)
        || action.SequenceEqual("use-service"u8);

    private static bool HasCondition(LineWords words)
    {
        for (var i = 2; i < words.Count; i++)
        {
            if (words[i].SequenceEqual("if"u8) || words[i].SequenceEqual("unless"u8) || words.HasVariables(i))
            {
                return true;
            }
        }

        return false;
    }
}
