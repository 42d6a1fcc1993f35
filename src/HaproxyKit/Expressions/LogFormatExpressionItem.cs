using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>A sample expression in a log format, such as <c>%[req.hdr(host),lower]</c>.</summary>
public sealed record LogFormatExpressionItem : LogFormatItem
{
    /// <summary>An expression.</summary>
    /// <param name="expression">The expression.</param>
    public LogFormatExpressionItem(SampleExpression expression) => Expression = expression;

    /// <summary>The expression.</summary>
    /// <exception cref="ArgumentNullException">What is set is null.</exception>
    public SampleExpression Expression
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <inheritdoc/>
    public bool Equals(LogFormatExpressionItem? other) => base.Equals(other) && Expression.Equals(other!.Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Expression);

    internal override void WriteTo(StringBuilder text)
    {
        base.WriteTo(text);
        text.Append('[');
        Expression.WriteTo(text);
        text.Append(']');
    }
}
