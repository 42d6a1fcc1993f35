using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>All tokens of one moment. Looking one up costs the same whichever it is, and where there is none.</summary>
internal sealed class TokenSet
{
    private readonly Token[] tokens;
    private readonly Comparison compare;

    private TokenSet(Token[] tokens, Comparison compare) => (this.tokens, this.compare) = (tokens, compare);

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

    /// <summary>Judges all tokens together.</summary>
    /// <param name="entries">Their settings, each with the place in which they stand.</param>
    /// <param name="problems">Gets everything that is wrong; nothing in it holds a secret.</param>
    /// <param name="compare">How to compare.</param>
    /// <returns>The tokens; without those that are wrong where problems were added.</returns>
    internal static TokenSet Read(
        IEnumerable<(string Place, TokenEntry Entry)> entries, List<string> problems, Comparison compare)
    {
        var read = new List<Token>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, entry) in entries)
        {
            CheckNames(place, entry, ids, problems);
            var found = new List<string>();
            var token = Token.TryRead(entry, found);
            problems.AddRange(found.Select(problem => $"{place} {problem}"));
            if (token is null)
            {
                continue;
            }

            read.Add(token);
            if (token.IsPlain && !hashes.Add(Convert.ToHexString(token.Hash)))
            {
                problems.Add($"{place} has the secret of an earlier token, so that it would not be known which one calls");
            }
        }

        return new TokenSet([.. read], compare);
    }

    private static void CheckNames(string place, TokenEntry entry, HashSet<string> ids, List<string> problems)
    {
        if (!TextRules.IsName(entry.Id))
        {
            problems.Add($"{place}:{nameof(entry.Id)} must be {TextRules.NameRule}");
        }
        else if (!ids.Add(entry.Id))
        {
            problems.Add($"{place}:{nameof(entry.Id)} {entry.Id} is used by an earlier token");
        }

        if (entry.Owner is not null && !TextRules.IsName(entry.Owner))
        {
            problems.Add($"{place}:{nameof(entry.Owner)} must be {TextRules.NameRule}");
        }
    }
}
