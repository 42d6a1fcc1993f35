namespace HaproxyKit.Testing;

/// <summary>Makes smaller byte strings of one for which a law does not hold.</summary>
public static class ByteShrinker
{
    /// <summary>
    /// Candidates, the boldest first: without a half, a quarter, down to one byte; then with such parts made plain.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>
    /// Shorter ones, then ones as long with some bytes turned to <c>a</c>, then with one byte turned to LF.
    /// </returns>
    public static IEnumerable<byte[]> Shrink(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        foreach (var (start, end) in Parts(bytes.Length))
            yield return [.. bytes[..start], .. bytes[end..]];

        // Each step must lead to plainer bytes, or shrinking would go round in circles.
        foreach (var (start, end) in Parts(bytes.Length))
        {
            if (bytes.AsSpan(start, end - start).ContainsAnyExcept((byte)'a'))
                yield return [.. bytes[..start], .. Enumerable.Repeat((byte)'a', end - start), .. bytes[end..]];
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is not ((byte)'a' or (byte)'\n'))
                yield return [.. bytes[..i], (byte)'\n', .. bytes[(i + 1)..]];
        }
    }

    private static IEnumerable<(int Start, int End)> Parts(int length)
    {
        for (var size = (length + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var start = 0; start < length; start += size)
                yield return (start, Math.Min(start + size, length));
        }
    }
}
