using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>
/// A part of a log format: a <see cref="LogFormatLiteral"/>, a <see cref="LogFormatAliasItem"/> or a
/// <see cref="LogFormatExpressionItem"/>.
/// </summary>
public abstract record LogFormatPart
{
    private protected LogFormatPart()
    {
    }

    /// <summary>Where it stood in the text that was read, in bytes of UTF-8.</summary>
    public TextSpan Span { get; internal init; }

    /// <summary>A literal.</summary>
    /// <param name="literal">The text that comes out, a percent sign written once.</param>
    public static implicit operator LogFormatPart(string literal) => FromString(literal);

    /// <summary>A literal.</summary>
    /// <param name="literal">The text that comes out, a percent sign written once.</param>
    /// <returns>The part.</returns>
    public static LogFormatPart FromString(string literal) => new LogFormatLiteral(literal);

    /// <inheritdoc/>
    public virtual bool Equals(LogFormatPart? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The part as HAProxy reads it, before the word is quoted.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.ToString();
    }

    internal abstract void WriteTo(StringBuilder text);
}
