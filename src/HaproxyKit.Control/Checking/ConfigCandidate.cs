namespace HaproxyKit.Control.Checking;

/// <summary>What a configuration file would hold.</summary>
/// <param name="Path">
/// The file, one of those that HAProxy loads: full name, or relative to HAProxy's folder; links are followed.
/// </param>
/// <param name="Content">The whole content.</param>
public sealed record ConfigCandidate(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>Two candidates are equal when they put the same bytes into the same file.</summary>
    /// <param name="other">The candidate to compare with.</param>
    /// <returns>True when path and content are equal.</returns>
    public bool Equals(ConfigCandidate? other) =>
        other is not null
        && string.Equals(Path, other.Path, StringComparison.Ordinal)
        && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Content.Length);
}
