namespace HaproxyKit.Syntax;

/// <summary>The words of a line, one after the other: read on the way, or read before.</summary>
internal interface IWordSource
{
    /// <summary>The word that <see cref="MoveNext"/> found.</summary>
    Word Current { get; }

    /// <summary>Goes to the next word.</summary>
    /// <returns>False when there is none left.</returns>
    bool MoveNext();
}
