namespace HaproxyKit.Syntax;

/// <summary>Walks over the words of one line without allocating: <c>foreach (var word in line.Words)</c>.</summary>
public ref struct WordEnumerator
{
    /// <summary>The words, where they were read before: they are not read again then.</summary>
    private readonly LineWords? _read;
    private LineScanner _scanner;
    private int _next;

    internal WordEnumerator(ReadOnlySpan<byte> line) => _scanner = new LineScanner(line);

    internal WordEnumerator(LineWords words) => _read = words;

    /// <summary>The word that <see cref="MoveNext"/> found.</summary>
    public readonly Word Current => _read is null ? _scanner.Word : _read.WordAt(_next - 1);

    /// <summary>Goes to the next word.</summary>
    /// <returns>False when there is none left.</returns>
    public bool MoveNext()
    {
        if (_read is null)
        {
            return _scanner.MoveToWord();
        }

        return _next < _read.Count && ++_next > 0;
    }

    /// <summary>This enumerator itself, for <c>foreach</c>.</summary>
    /// <returns>This enumerator.</returns>
    public readonly WordEnumerator GetEnumerator() => this;

    /// <summary>Goes over some words, which are there.</summary>
    internal void Skip(int count)
    {
        if (_read is not null)
        {
            _next += count;
            return;
        }

        for (; count > 0; count--)
        {
            _scanner.MoveToWord();
        }
    }
}
