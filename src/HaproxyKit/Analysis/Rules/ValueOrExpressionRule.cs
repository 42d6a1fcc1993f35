using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3220 to HK3224, where a number, a time or a size stands as well as a sample expression.</summary>
internal sealed class ValueOrExpressionRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds =>
        [ValueKind.NumberOrExpression, ValueKind.PortOrExpression, ValueKind.TimeOrExpression, ValueKind.SizeOrExpression];

    public void Check(in ValueContext value)
    {
        var isValue = value.Slot.Kind is ValueKind.TimeOrExpression or ValueKind.SizeOrExpression
            ? value.Value is [>= (byte)'0' and <= (byte)'9', ..]
            : IsNumber(value.Value);
        if (!isValue)
        {
            SampleJudge.Judge(value, 0, endsAtBracket: false, SamplePlace.Of(value.Line));
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text) =>
        text.StartsWith("0x"u8) ? !text[2..].ContainsAnyExcept(ByteSets.Hexadecimal) : !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
