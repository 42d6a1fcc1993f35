using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// Judges each place of tokens for itself: one that is broken keeps what it said before, one that is gone is revoked, and none holds another up.
/// </summary>
/// <param name="folders">Tells whether a file is gone, or cannot be seen.</param>
internal sealed class TokenPlaces(TokenFolders folders)
{
    private Dictionary<string, IReadOnlyList<(string Place, Token Token)>> _known = new(StringComparer.Ordinal);

    /// <summary>All tokens, in the order in which they were found.</summary>
    internal IEnumerable<Token> Tokens => _known.Values.SelectMany(tokens => tokens.Select(token => token.Token));

    /// <summary>Judges what was found.</summary>
    /// <param name="readings">Everything that was found at all places.</param>
    /// <param name="problems">Gets what is wrong, by place; nothing in it holds a secret.</param>
    /// <returns>The places that are gone, whose tokens are revoked.</returns>
    internal IReadOnlyList<string> Judge(IReadOnlyList<TokenReading> readings, List<(string Place, string Problem)> problems)
    {
        var before = _known;
        var found = new Dictionary<string, Finding>(StringComparer.Ordinal);
        foreach (var reading in readings)
        {
            if (reading.Problem is not null)
            {
                problems.Add((reading.Place, $"{reading.Place} {reading.Problem}"));
            }

            // A path that is named twice says the same twice.
            found.TryAdd(reading.Place, Read(reading, before.GetValueOrDefault(reading.Place) ?? [], problems));
        }

        Agree(found, problems);
        _known = readings.Select(reading => reading.Place)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(place => place, place => found[place].Tokens, StringComparer.Ordinal);
        return [.. before.Where(pair => pair.Value.Count > 0 && !_known.ContainsKey(pair.Key)).Select(pair => pair.Key)];
    }

    private Finding Read(TokenReading reading, IReadOnlyList<(string Place, Token Token)> before, List<(string Place, string Problem)> problems)
    {
        var wrong = new List<string>();
        var (ids, hashes) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (tokens, isBroken) = (new List<(string, Token)>(), reading.Entries is null);
        foreach (var (place, entry) in reading.Entries ?? [])
        {
            var (found, told) = (new List<string>(), wrong.Count);
            var token = Token.TryRead(entry, found);
            CheckNames(place, entry, ids, wrong);
            if (token is { IsPlain: true } && !hashes.Add(Convert.ToHexString(token.Hash)))
            {
                wrong.Add(SecretOfAnother(place));
            }

            // What follows breaks one token alone, where its secret has a file of its own.
            isBroken |= wrong.Count > told;
            wrong.AddRange(found.Select(problem => $"{place} {problem}"));
            // A secret's file that another file names is looked at also while it is there: it may be in a mount that is away later.
            var isFileGone = place != reading.Place && entry.SecretFile is { } file && folders.IsGone(file);
            if (token is not null)
            {
                tokens.Add((place, token));
            }
            else if (entry.SecretFile is null || place == reading.Place)
            {
                isBroken = true;
            }
            else if (!isFileGone && before.FirstOrDefault(known => known.Token.Grant.TokenId == entry.Id) is { Token: not null } known)
            {
                // A secret's file is a file like any other: it holds no other token up.
                tokens.Add(known);
            }
        }

        problems.AddRange(wrong.Select(problem => (reading.Place, problem)));
        return isBroken ? new Finding(before, before, IsKnown: true) : new Finding(tokens, before, IsSame(tokens, before));
    }

    /// <summary>No id and no secret is there twice. Who had it keeps it; else who comes first.</summary>
    private static void Agree(Dictionary<string, Finding> found, List<(string Place, string Problem)> problems)
    {
        var (ids, hashes) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (place, finding) in found.OrderBy(pair => !pair.Value.IsKnown).ToList())
        {
            var wrong = Take(finding.Tokens, out var taken);
            if (wrong.Count == 0)
            {
                continue;
            }

            problems.AddRange(wrong.Select(problem => (place, problem)));
            if (!finding.IsKnown)
            {
                // As with any file that cannot be used: what it said before, as far as it is nobody else's now.
                taken.ForEach(Release);
                Take(finding.Before, out taken);
            }

            found[place] = finding with { Tokens = taken };
        }

        List<string> Take(IReadOnlyList<(string Place, Token Token)> tokens, out List<(string Place, Token Token)> taken)
        {
            var wrong = new List<string>();
            taken = [];
            foreach (var (place, token) in tokens)
            {
                var isAnothers = !ids.Add(token.Grant.TokenId);
                if (isAnothers)
                {
                    wrong.Add(IdOfAnother(place, token.Grant.TokenId));
                }

                if (token.IsPlain && !hashes.Add(Convert.ToHexString(token.Hash)))
                {
                    wrong.Add(SecretOfAnother(place));
                    if (!isAnothers)
                    {
                        ids.Remove(token.Grant.TokenId);
                    }
                }
                else if (isAnothers)
                {
                    hashes.Remove(Convert.ToHexString(token.Hash));
                }
                else
                {
                    taken.Add((place, token));
                }
            }

            return wrong;
        }

        void Release((string Place, Token Token) one)
        {
            ids.Remove(one.Token.Grant.TokenId);
            hashes.Remove(Convert.ToHexString(one.Token.Hash));
        }
    }

    private static bool IsSame(List<(string Place, Token Token)> tokens, IReadOnlyList<(string Place, Token Token)> before) =>
        tokens.Count == before.Count && tokens.Zip(before).All(pair => pair.First.Token.IsLike(pair.Second.Token));

    private static string IdOfAnother(string place, string id) => $"{place}:{nameof(TokenEntry.Id)} {id} is used by an earlier token";

    private static string SecretOfAnother(string place) =>
        $"{place} has the secret of an earlier token, so that it would not be known which one calls";

    private static void CheckNames(string place, TokenEntry entry, HashSet<string> ids, List<string> problems)
    {
        if (!TextRules.IsName(entry.Id))
        {
            problems.Add($"{place}:{nameof(entry.Id)} must be {TextRules.NameRule}");
        }
        else if (!ids.Add(entry.Id))
        {
            problems.Add(IdOfAnother(place, entry.Id));
        }

        if (entry.Owner is not null && !TextRules.IsName(entry.Owner))
        {
            problems.Add($"{place}:{nameof(entry.Owner)} must be {TextRules.NameRule}");
        }
    }

    /// <summary>What a place says.</summary>
    /// <param name="Tokens">Its tokens.</param>
    /// <param name="Before">Those that it had at the look before.</param>
    /// <param name="IsKnown">Whether they are the same.</param>
    private sealed record Finding(IReadOnlyList<(string Place, Token Token)> Tokens, IReadOnlyList<(string Place, Token Token)> Before, bool IsKnown);
}
