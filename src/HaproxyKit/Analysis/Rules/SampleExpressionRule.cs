using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3220 to HK3224: a sample expression that HAProxy refuses.</summary>
internal sealed class SampleExpressionRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.SampleExpression];

    public void Check(in ValueContext value) => SampleJudge.Judge(value, 0, endsAtBracket: false, SamplePlace.Of(value.Line));
}
