namespace HaproxyKit.Syntax;

/// <summary>Walks over words that were read before.</summary>
/// <param name="words">The words.</param>
/// <param name="first">The index of the first one.</param>
internal struct LineWordSource(LineWords words, int first = 0) : IWordSource
{
    private int _next = first;

    /// <inheritdoc/>
    public readonly Word Current => words.WordAt(_next - 1);

    /// <inheritdoc/>
    public bool MoveNext() => _next++ < words.Count;
}
