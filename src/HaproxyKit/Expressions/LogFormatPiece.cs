using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>A piece of a log format as the grammar reads it, by places in the text; literal pieces side by side become one literal.</summary>
internal sealed record LogFormatPiece
{
    internal TextSpan Span { get; init; }

    internal TextSpan? ItemName { get; init; }

    internal TextSpan? ItemType { get; init; }

    internal TextSpan? Flags { get; init; }

    internal TextSpan? Alias { get; init; }

    internal SampleExpression? Expression { get; init; }

    /// <summary>The text that comes out of a literal piece, nothing for a percent sign that HAProxy drops.</summary>
    internal TextSpan? Literal { get; init; }
}
