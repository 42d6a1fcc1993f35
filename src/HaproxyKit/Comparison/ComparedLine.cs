using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HaproxyKit.Comparison;

/// <summary>One line of one of the two documents, with its place.</summary>
public sealed record ComparedLine
{
    /// <summary>The file's name as the document has it, or null.</summary>
    public string? File { get; init; }

    /// <summary>The line's number in its document, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>
    /// The line as it is written, without blanks around it and without its line ending; bytes that are no UTF-8 appear
    /// as U+FFFD.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The decoded words; references to variables as they are written. A scope is one word.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>The place, <c>file:line</c>, or the line's number alone.</summary>
    [JsonIgnore]
    public string Place => File is null ? $"{Line}" : $"{File}:{Line}";

    /// <summary>Two lines are equal when place, text and words are.</summary>
    /// <param name="other">The line to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(ComparedLine? other) =>
        other is not null
        && Line == other.Line
        && string.Equals(File, other.File, StringComparison.Ordinal)
        && string.Equals(Text, other.Text, StringComparison.Ordinal)
        && Words.SequenceEqual(other.Words, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Line, Text);

    /// <summary>Place and text.</summary>
    /// <returns><c>file:line: text</c>.</returns>
    public override string ToString() => $"{Place}: {Text}";
}
