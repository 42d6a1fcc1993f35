using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>Text of a log format that stands for itself.</summary>
public sealed record LogFormatLiteral : LogFormatPart
{
    private readonly (string Value, string Written)? _read;

    /// <summary>A literal.</summary>
    /// <param name="value">The text that comes out, a percent sign written once.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a NUL or half of a surrogate pair.</exception>
    public LogFormatLiteral(string value) => Value = value;

    internal LogFormatLiteral(string value, string written, TextSpan span)
    {
        (Value, Span) = (value, span);
        _read = (value, written);
    }

    /// <summary>The text that comes out, a percent sign written once.</summary>
    /// <exception cref="ArgumentException">What is set holds a NUL or half of a surrogate pair.</exception>
    public string Value
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (LogFormatText.DescribeRefusal(StrictUtf8.GetBytes(value, nameof(value))) is { } refusal)
            {
                throw new ArgumentException(refusal, nameof(value));
            }

            field = value;
        }
    }

    /// <inheritdoc/>
    public bool Equals(LogFormatLiteral? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    internal override void WriteTo(StringBuilder text) =>
        text.Append(_read is { } read && read.Value == Value ? read.Written : LogFormatText.Escape(Value));
}
