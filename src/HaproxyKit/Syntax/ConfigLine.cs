namespace HaproxyKit.Syntax;

/// <summary>One line of a document: its bytes with their line ending, and what they are.</summary>
/// <remarks>
/// A line does not know where it stands: positions are the document's business, so that an edit elsewhere changes no
/// line.
/// </remarks>
public readonly struct ConfigLine : IEquatable<ConfigLine>
{
    /// <summary>A line over bytes.</summary>
    /// <param name="bytes">The bytes of one line, with its LF where it has one.</param>
    public ConfigLine(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The bytes with their line ending.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes without LF or CR LF.</summary>
    public ReadOnlyMemory<byte> Content => Bytes[..LineScanner.ContentLength(Bytes.Span)];

    /// <summary>What the line is to HAProxy.</summary>
    public LineKind Kind => LineClassifier.Classify(Bytes.Span, out _);

    /// <summary>The words of the line, in order; none for a comment, a scope or a blank line.</summary>
    public WordEnumerator Words => new(Bytes.Span);

    /// <summary>The pieces of the line, end to end.</summary>
    /// <returns>A scanner that stands before the first piece.</returns>
    public LineScanner Scan() => new(Bytes.Span);

    /// <summary>
    /// The words as HAProxy reads them where this environment is set (configuration manual, chapter 2.3).
    /// </summary>
    /// <param name="environment">The environment variables.</param>
    /// <returns>The values; a reference with <c>[*]</c> gives one or several.</returns>
    /// <remarks>
    /// As HAProxy 3.0 and 3.2 read: where a variable is not set and a quote follows directly, the blanks behind that
    /// quote are lost and the next word is glued on (<c>a"$UNSET" b</c> is <c>ab</c>). 2.6 reads two words there.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    public IReadOnlyList<byte[]> Expand(ConfigEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return WordExpander.Expand(Bytes.Span, VariableScope.Of(environment));
    }

    /// <summary>Two lines are equal when their bytes are.</summary>
    /// <param name="other">The line to compare with.</param>
    /// <returns>True when both have the same bytes.</returns>
    public bool Equals(ConfigLine other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ConfigLine other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <summary>The line as text, without its line ending.</summary>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Content.Span);

    /// <summary>Compares two lines.</summary>
    /// <param name="left">One line.</param>
    /// <param name="right">Another line.</param>
    /// <returns>True when both have the same bytes.</returns>
    public static bool operator ==(ConfigLine left, ConfigLine right) => left.Equals(right);

    /// <summary>Compares two lines.</summary>
    /// <param name="left">One line.</param>
    /// <param name="right">Another line.</param>
    /// <returns>True when their bytes differ.</returns>
    public static bool operator !=(ConfigLine left, ConfigLine right) => !left.Equals(right);
}
