using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3206: <c>on</c> or <c>off</c> is expected.</summary>
internal sealed class OnOffRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.OnOff];

    public void Check(in ValueContext value)
    {
        if (!value.Value.SequenceEqual("on"u8) && !value.Value.SequenceEqual("off"u8))
        {
            value.Error(DiagnosticIds.UnexpectedArgument, $"'{value.Owner}' knows no '{value.Text}' here", "expected: on, off");
        }
    }
}
