namespace HaproxyKit.Syntax;

/// <summary>Walks over the words of one line without allocating: <c>foreach (var word in line.Words)</c>.</summary>
public ref struct WordEnumerator
{
    private LineScanner _scanner;

    internal WordEnumerator(ReadOnlySpan<byte> line) => _scanner = new LineScanner(line);

    /// <summary>The word that <see cref="MoveNext"/> found.</summary>
    public readonly Word Current => _scanner.Word;

    /// <summary>Goes to the next word.</summary>
    /// <returns>False when there is none left.</returns>
    public bool MoveNext() => _scanner.MoveToWord();

    /// <summary>This enumerator itself, for <c>foreach</c>.</summary>
    /// <returns>This enumerator.</returns>
    public readonly WordEnumerator GetEnumerator() => this;

    /// <summary>Goes over some words, which are there.</summary>
    internal void Skip(int count)
    {
        for (; count > 0; count--)
        {
            MoveNext();
        }
    }
}
