namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>All tokens of one moment. Looking one up costs the same whichever it is, and where there is none.</summary>
internal sealed class TokenSet
{
    private readonly Token[] tokens;
    private readonly Comparison compare;

    internal TokenSet(IEnumerable<Token> tokens, Comparison compare) => (this.tokens, this.compare) = ([.. tokens], compare);

    /// <summary>Compares two texts of one length in a time that does not depend on them.</summary>
    internal delegate bool Comparison(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);

    internal int Count => tokens.Length;

    /// <summary>The token of whose secret this is the hash, or null.</summary>
    internal Token? FindByHash(ReadOnlySpan<byte> hash)
    {
        // Every token is compared, in the same way, whatever the earlier ones gave: time tells nothing about them.
        Token? found = null;
        foreach (var token in tokens)
        {
            if (compare(hash, token.Hash))
            {
                found = token;
            }
        }

        return found;
    }

    /// <summary>The token of whose id this is the hash, or null.</summary>
    internal Token? FindById(ReadOnlySpan<byte> idHash)
    {
        Token? found = null;
        foreach (var token in tokens)
        {
            if (compare(idHash, token.IdHash))
            {
                found = token;
            }
        }

        return found;
    }

    internal bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => compare(one, other);

    /// <summary>Whether this set has the tokens of another, secrets included, and no more.</summary>
    internal bool Holds(TokenSet other) =>
        Count == other.Count && tokens.Zip(other.tokens).All(pair => pair.First.IsLike(pair.Second));
}
