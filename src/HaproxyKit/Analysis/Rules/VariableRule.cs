using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3217: the name of a variable lacks its scope, or holds something that HAProxy refuses (chapter 2.8).</summary>
internal sealed class VariableRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Variable];

    public void Check(in ValueContext value)
    {
        if (!IsVariable(value.Value, value.Line.Run.Version))
        {
            value.Error(
                DiagnosticIds.InvalidVariable, $"'{value.Text}' is no variable",
                "write proc, sess, txn, req, res or check, a dot, and a name of letters, digits, '_' and '.'");
        }
    }

    private static bool IsVariable(ReadOnlySpan<byte> text, HaproxyVersion version)
    {
        var dot = text.IndexOf((byte)'.');
        if (dot < 0)
        {
            return false;
        }

        var scope = text[..dot];
        var name = text[(dot + 1)..];
        var bare = version > new HaproxyVersion(2, 8) && scope is [(byte)'p', (byte)'s' or (byte)'t' or (byte)'r', ..] ? scope[1..] : scope;
        var isScope = scope.SequenceEqual("proc"u8) || bare.SequenceEqual("sess"u8) || bare.SequenceEqual("txn"u8)
            || bare.SequenceEqual("req"u8) || bare.SequenceEqual("res"u8) || scope.SequenceEqual("check"u8);
        return isScope
            && !name.IsEmpty && !name.ContainsAnyExcept(ByteSets.Variable);
    }
}
