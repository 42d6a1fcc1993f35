using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Which sections of the documents before and after a change are the same: by kind and name, of several of one name those with equal text
/// first, then in order; a section whose header alone is another one was renamed.
/// </summary>
internal sealed class ReverseEditPairing
{
    internal const int None = -1;

    internal ReverseEditPairing(ConfigDocument before, ConfigDocument after)
    {
        (BeforeDocument, AfterDocument) = (before, after);
        (Before, After) = ([.. before.Sections], [.. after.Sections]);
        PartnersOfBefore = Enumerable.Repeat(None, Before.Length).ToArray();
        PartnersOfAfter = Enumerable.Repeat(None, After.Length).ToArray();
        var shared = Math.Min(Before.Length, After.Length);
        while (Head < shared && AreEqual(Before[Head], After[Head]))
        {
            Pair(Head, Head);
            Head++;
        }

        while (Tail < shared - Head && AreEqual(Before[^(Tail + 1)], After[^(Tail + 1)]))
        {
            Tail++;
            Pair(Before.Length - Tail, After.Length - Tail);
        }

        PairBy(section => (section.Kind, section.Name), AreEqual);
        PairBy(section => (section.Kind, section.Name), static (_, _) => true);
        PairBy(section => (section.Kind, BodyOf(section)), static (one, other) => one.LineCount > 1 && one.HeaderLine >= 0 && other.HeaderLine >= 0);
    }

    internal ConfigDocument BeforeDocument { get; }

    internal ConfigDocument AfterDocument { get; }

    internal SectionSyntax[] Before { get; }

    internal SectionSyntax[] After { get; }

    /// <summary>For each section before its partner after, or <see cref="None"/> where the change removed it.</summary>
    internal int[] PartnersOfBefore { get; }

    /// <summary>For each section after its partner before, or <see cref="None"/> where the change added it.</summary>
    internal int[] PartnersOfAfter { get; }

    /// <summary>How many sections at the beginning the change left alone.</summary>
    internal int Head { get; }

    /// <summary>How many sections at the end the change left alone.</summary>
    internal int Tail { get; }

    /// <summary>The sections before that the change touched, moved or removed, or that lie between such.</summary>
    internal IEnumerable<int> BetweenBefore => Enumerable.Range(Head, Before.Length - Head - Tail);

    /// <summary>The sections after that the change touched, moved or added, or that lie between such.</summary>
    internal IEnumerable<int> BetweenAfter => Enumerable.Range(Head, After.Length - Head - Tail);

    internal static bool AreEqual(SectionSyntax one, SectionSyntax other) =>
        ReferenceEquals(one, other) || (one.Length == other.Length && one.Bytes.Span.SequenceEqual(other.Bytes.Span));

    /// <summary>Whether two texts are equal but for the line ending that the last line of a file may lack.</summary>
    internal static bool AreAlike(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length == other.Length ? one.SequenceEqual(other)
        : one.Length > other.Length ? IsWithEnding(one, other)
        : IsWithEnding(other, one);

    private static bool IsWithEnding(ReadOnlySpan<byte> longer, ReadOnlySpan<byte> shorter) =>
        longer.Length == shorter.Length + 1 && longer[^1] == '\n' && !shorter.EndsWith("\n"u8) && longer[..^1].SequenceEqual(shorter);

    private static string BodyOf(SectionSyntax section) =>
        string.Concat(section.Lines.Where((_, i) => i != section.HeaderLine).Select(line => Encoding.Latin1.GetString(line.Bytes.Span)));

    private void PairBy(Func<SectionSyntax, (SectionKind, string)> keyOf, Func<SectionSyntax, SectionSyntax, bool> isPartner)
    {
        var free = BetweenAfter.Where(i => PartnersOfAfter[i] == None).GroupBy(i => keyOf(After[i]))
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var i in BetweenBefore.Where(i => PartnersOfBefore[i] == None))
        {
            if (free.TryGetValue(keyOf(Before[i]), out var group) && group.FindIndex(j => isPartner(Before[i], After[j])) is >= 0 and var at)
            {
                Pair(i, group[at]);
                group.RemoveAt(at);
            }
        }
    }

    private void Pair(int before, int after) => (PartnersOfBefore[before], PartnersOfAfter[after]) = (after, before);
}
