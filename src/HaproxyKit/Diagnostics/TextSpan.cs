namespace HaproxyKit.Diagnostics;

/// <summary>
/// A half-open range of bytes: from <paramref name="Start"/> up to, not including, <c>Start + Length</c>.
/// </summary>
/// <param name="Start">The offset of the first byte, from 0.</param>
/// <param name="Length">The number of bytes; 0 for a place between two bytes.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The span between two offsets.</summary>
    /// <param name="start">The first offset.</param>
    /// <param name="end">The offset behind the last byte, not before <paramref name="start"/>.</param>
    /// <returns>The span from <paramref name="start"/> to <paramref name="end"/>.</returns>
    public static TextSpan Between(int start, int end) => new(start, end - start);

    /// <summary>The same span, moved.</summary>
    /// <param name="by">How many bytes to move it by, negative for towards the start.</param>
    /// <returns>The moved span.</returns>
    public TextSpan Offset(int by) => new(Start + by, Length);
}
