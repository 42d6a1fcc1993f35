using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3206: one of the words between commas is none that the list takes.</summary>
internal sealed class CommaListRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.CommaList];

    public void Check(in ValueContext value)
    {
        foreach (var range in value.Value.Split((byte)','))
        {
            var item = value.Value[range];
            if (!item.IsEmpty && !IsOneOf(value, item))
            {
                value.Error(
                    DiagnosticIds.UnexpectedArgument, $"'{value.Owner}' knows no '{Encoding.UTF8.GetString(item)}' here",
                    $"expected: {string.Join(", ", value.Slot.Choices)}");
            }
        }
    }

    private static bool IsOneOf(in ValueContext value, ReadOnlySpan<byte> item)
    {
        foreach (var choice in value.Slot.Choices)
        {
            var fits = choice switch
            {
                "address" => HostText.IsIPv4(item) || HostText.IsIPv6(item),
                "network" => NetworkText.MayBeNetwork(item),
                _ => item.SequenceEqual(Encoding.ASCII.GetBytes(choice)),
            };
            if (fits)
            {
                return true;
            }
        }

        return false;
    }
}
