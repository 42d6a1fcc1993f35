namespace HaproxyKit.Tool.Formatting;

/// <summary>A line before and after formatting.</summary>
/// <param name="Before">As it was, with its line ending.</param>
/// <param name="After">As it is now, with its line ending; null where the line is gone, being blank.</param>
internal readonly record struct FormattedLine(ReadOnlyMemory<byte> Before, byte[]? After)
{
    internal bool IsChanged => After is null || !Before.Span.SequenceEqual(After);
}
