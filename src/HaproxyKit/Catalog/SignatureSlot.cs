using System.Collections.Immutable;
using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>The place of a value in a signature: what the value means, and within which bounds it lies.</summary>
public sealed class SignatureSlot
{
    internal SignatureSlot(ValueKind kind) => Kind = kind;

    /// <summary>What the value means.</summary>
    public ValueKind Kind { get; }

    /// <summary>What the value is called, such as <c>name</c>; null where nothing tells it from others.</summary>
    public string? Label { get; init; }

    /// <summary>The smallest number that HAProxy takes, or null.</summary>
    public long? Minimum { get; init; }

    /// <summary>The largest number that HAProxy takes, or null.</summary>
    public long? Maximum { get; init; }

    /// <summary>The unit of a number without one, such as <c>ms</c> or <c>s</c>, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The words of a <see cref="ValueKind.CommaList"/>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Whether the value may be left out, in the parentheses of a name.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether more of it may follow, in the parentheses of a name.</summary>
    public bool IsRepeated { get; init; }

    internal bool IsExpression => Kind is ValueKind.SampleExpression or ValueKind.NumberOrExpression
        or ValueKind.TimeOrExpression or ValueKind.SizeOrExpression or ValueKind.PortOrExpression;

    /// <summary>The slot as it stands in a signature.</summary>
    /// <returns>For example <c>&lt;number 1..256&gt;</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder("<");
        if (Label is not null)
        {
            text.Append(Label).Append(':');
        }

        text.Append(ValueKindNames.NameOf(Kind));
        if (Minimum is not null || Maximum is not null)
        {
            text.Append(' ').Append(Minimum).Append("..").Append(Maximum);
        }

        if (!Choices.IsEmpty)
        {
            text.Append(' ').AppendJoin('|', Choices);
        }

        return (Unit is null ? text : text.Append(' ').Append(Unit)).Append('>').ToString();
    }
}
