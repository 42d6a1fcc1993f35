namespace HaproxyKit.Syntax;

/// <summary>Reads words on the way.</summary>
/// <param name="words">The words, the first one next.</param>
internal ref struct ScannedWordSource(WordEnumerator words) : IWordSource
{
    private WordEnumerator _words = words;

    /// <inheritdoc/>
    public readonly Word Current => _words.Current;

    /// <inheritdoc/>
    public bool MoveNext() => _words.MoveNext();
}
