using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>One argument of a fetch or a converter. Two are equal when their values are.</summary>
public sealed record SampleArgument
{
    private readonly string? _written;

    /// <summary>An argument of some value.</summary>
    /// <param name="value">The value, without quotes and escapes.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a NUL or half of a surrogate pair.</exception>
    public SampleArgument(string value) => Value = value;

    internal SampleArgument(string value, string written, TextSpan span)
    {
        (Value, Span) = (value, span);
        _written = written;
    }

    /// <summary>The value, as HAProxy reads it.</summary>
    /// <exception cref="ArgumentException">A value that is set holds a NUL or half of a surrogate pair.</exception>
    public string Value
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = SampleArgumentText.DescribeRefusal(StrictUtf8.GetBytes(value, nameof(value))) is { } refusal
                ? throw new ArgumentException(refusal, nameof(value))
                : value;
        }
    }

    /// <summary>Where it stood in the text that was read, in bytes of UTF-8.</summary>
    public TextSpan Span { get; }

    /// <summary>An argument of some value.</summary>
    /// <param name="value">The value, without quotes and escapes.</param>
    public static implicit operator SampleArgument(string value) => new(value);

    /// <summary>An argument of some value.</summary>
    /// <param name="value">The value, without quotes and escapes.</param>
    /// <returns>The argument.</returns>
    public static SampleArgument FromString(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(SampleArgument? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The argument as it stood where its value is still the same, else quoted where that is needed.</summary>
    /// <returns>The text between the commas.</returns>
    public override string ToString() =>
        _written is not null && SampleArgumentText.Decode(Encoding.UTF8.GetBytes(_written)) == Value
            ? _written
            : SampleArgumentText.Escape(Value);
}
