namespace HaproxyKit.EdgeScript;

/// <summary>Finds the word that was probably meant: a letter wrong, missing, too many, or two exchanged.</summary>
internal static class NearWord
{
    private const int LongestLooked = 24;

    /// <summary>The nearest of some words, or null where none is near enough to be a slip of the hand.</summary>
    internal static string? Find(string written, IEnumerable<string> words)
    {
        if (written.Length > LongestLooked)
        {
            return null;
        }

        var lower = written.ToLowerInvariant();
        return words
            .Select(word => (Word: word, Distance: Distance(lower, word)))
            .Where(near => near.Distance <= Allowed(near.Word))
            .OrderBy(near => near.Distance)
            .Select(near => near.Word)
            .FirstOrDefault();
    }

    private static int Allowed(string word) => word.Length <= 4 ? 1 : 2;

    /// <summary>The number of letters to put in, take out, change, or exchange with the next one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
