using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>A part of a log format that HAProxy fills in: what begins with <c>%</c>.</summary>
public abstract record LogFormatItem : LogFormatPart
{
    private protected LogFormatItem()
    {
    }

    /// <summary>
    /// The item's name in <c>%(name)</c>, letters, digits, <c>_</c> and <c>-</c>, the key where the log is encoded; null for no parentheses.
    /// HAProxy reads names from 3.0 on.
    /// </summary>
    /// <exception cref="ArgumentException">What is set is no such name.</exception>
    public string? ItemName
    {
        get;
        init => field = value is null || value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? value
            : throw new ArgumentException($"'{value}' cannot name an item: letters, digits, _ and - can.", nameof(value));
    }

    /// <summary>
    /// The item's type in <c>%(name:type)</c>: <c>str</c>, <c>sint</c>, <c>bool</c>, <c>raw</c>, or null; it stands with a name, though that may
    /// be empty.
    /// </summary>
    /// <exception cref="ArgumentException">What is set is no such type.</exception>
    public string? ItemType
    {
        get;
        init => field = value is null or "str" or "sint" or "bool" or "raw"
            ? value
            : throw new ArgumentException($"'{value}' is no type: str, sint, bool and raw are.", nameof(value));
    }

    /// <summary>What stands between the braces, such as <c>+Q,-E</c>; null without braces. HAProxy ignores flags that it does not know.</summary>
    /// <exception cref="ArgumentException">What is set holds <c>}</c> or a NUL.</exception>
    public string? Flags
    {
        get;
        init => field = value is null || value.AsSpan().IndexOfAny('}', '\0') < 0
            ? value
            : throw new ArgumentException("Flags must hold neither '}' nor a NUL.", nameof(value));
    }

    /// <inheritdoc/>
    public virtual bool Equals(LogFormatItem? other) =>
        base.Equals(other) && ItemName == other!.ItemName && ItemType == other.ItemType && Flags == other.Flags;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, ItemName, ItemType, Flags);

    /// <summary>Whether a flag is switched on or off here.</summary>
    /// <param name="flag">The flag, for example <c>Q</c>.</param>
    /// <returns>True for <c>+Q</c>, false for <c>-Q</c>, null where it is not said.</returns>
    public bool? HasFlag(string flag)
    {
        bool? state = null;
        foreach (var part in (Flags ?? "").Split(','))
        {
            var sign = part.LastIndexOfAny(['+', '-']);
            if (sign >= 0 && part.AsSpan(sign + 1).SequenceEqual(flag))
            {
                state = part[sign] == '+';
            }
        }

        return state;
    }

    internal override void WriteTo(StringBuilder text)
    {
        text.Append('%');
        if (ItemName is not null || ItemType is not null)
        {
            text.Append('(').Append(ItemName).Append(ItemType is null ? "" : ":").Append(ItemType).Append(')');
        }

        if (Flags is not null)
        {
            text.Append('{').Append(Flags).Append('}');
        }
    }
}
