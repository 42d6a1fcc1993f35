using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>
/// Keeps the name that is nearest to a word: the fewest letters to insert, remove, replace or exchange with the next
/// one. Names that need more than a third of the word's letters are not near.
/// </summary>
internal ref struct NearestName
{
    private const int LongestWord = 64;
    private const int ShortName = 4;

    private readonly ReadOnlySpan<byte> _word;
    private int _limit;

    internal NearestName(ReadOnlySpan<byte> word)
        : this(word, Math.Clamp((word.Length + 1) / 3, 1, 4))
    {
    }

    private NearestName(ReadOnlySpan<byte> word, int edits)
    {
        _word = word;
        _limit = word.Length is > 0 and <= LongestWord ? edits + 1 : 0;
    }

    /// <summary>Whether a name can be near at all.</summary>
    internal readonly bool IsWanted => _limit > 0;

    /// <summary>The nearest name so far, the first of several, or null.</summary>
    internal string? Best { get; private set; }

    /// <summary>
    /// The word that was probably meant where only a few can stand: one slip of the hand in a short word, two in others, and any case of its
    /// letters.
    /// </summary>
    /// <returns>The nearest word, the first of several, or null.</returns>
    internal static string? Meant(string written, IEnumerable<string> words)
    {
        var lower = written.ToLowerInvariant();
        var nearest = new NearestName(Encoding.UTF8.GetBytes(lower), 2);
        foreach (var word in words)
        {
            if (word == lower)
            {
                return word;
            }

            nearest.Offer(Encoding.UTF8.GetBytes(word), word.Length <= ShortName ? 1 : 2);
        }

        return nearest.Best;
    }

    /// <summary>Considers a name.</summary>
    internal void Offer(ReadOnlySpan<byte> name) => Offer(name, LongestWord);

    private void Offer(ReadOnlySpan<byte> name, int edits)
    {
        if (_limit == 0 || name.Length > LongestWord || Math.Abs(name.Length - _word.Length) >= _limit)
        {
            return;
        }

        var distance = Distance(_word, name);
        if (distance > 0 && distance < _limit && distance <= edits)
        {
            _limit = distance;
            Best = Encoding.UTF8.GetString(name);
        }
    }

    private static int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<int> rows = stackalloc int[3 * (LongestWord + 1)];
        var width = right.Length + 1;
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j < width; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + cost);
                var isExchange = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                current[j] = isExchange ? Math.Min(best, before[j - 2] + 1) : best;
            }

            var free = before;
            before = last;
            last = current;
            current = free;
        }

        return last[width - 1];
    }
}
