using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Which sections of two documents are the same.</summary>
/// <remarks>
/// A section is known by its kind and name. Of several of one name those that say the same are paired, the others in
/// order. A section under another name is the same one where its lines are exactly those of one section that is gone,
/// and of no other: then it was renamed.
/// </remarks>
internal sealed class SectionPairing
{
    private readonly SectionSyntax[] _first;
    private readonly SectionSyntax[] _second;
    private readonly LineKeys _keys;
    private readonly int[] _partners;
    private readonly bool[] _isTaken;

    private SectionPairing(SectionSyntax[] first, SectionSyntax[] second, LineKeys keys)
    {
        (_first, _second, _keys) = (first, second, keys);
        _partners = new int[first.Length];
        Array.Fill(_partners, SequenceAligner.None);
        _isTaken = new bool[second.Length];
    }

    /// <summary>
    /// For each section its partner, where it has one. So many sections at both ends are known to be the same.
    /// </summary>
    internal static int[] Pair(SectionSyntax[] first, SectionSyntax[] second, int head, int tail, LineKeys keys)
    {
        var pairing = new SectionPairing(first, second, keys);
        for (var i = 0; i < head; i++)
        {
            pairing.Pair(i, i);
        }

        for (var i = 1; i <= tail; i++)
        {
            pairing.Pair(first.Length - i, second.Length - i);
        }

        pairing.PairByName();
        pairing.PairRenamed();
        return pairing._partners;
    }

    private IEnumerable<int> FreeOfFirst =>
        Enumerable.Range(0, _first.Length).Where(i => _partners[i] == SequenceAligner.None);

    private IEnumerable<int> FreeOfSecond => Enumerable.Range(0, _second.Length).Where(i => !_isTaken[i]);

    private void Pair(int first, int second)
    {
        _partners[first] = second;
        _isTaken[second] = true;
    }

    private void PairByName()
    {
        var groups = Group(FreeOfSecond, _second, NameOf);
        foreach (var (name, ofFirst) in Group(FreeOfFirst, _first, NameOf))
        {
            if (!groups.TryGetValue(name, out var ofSecond))
            {
                continue;
            }

            if (ofFirst.Count > 1 || ofSecond.Count > 1)
            {
                PairAlike(ofFirst, ofSecond, withHeader: true, onlyUnique: false);
            }

            foreach (var (i, j) in ofFirst.Where(i => _partners[i] < 0).Zip(ofSecond.Where(i => !_isTaken[i])).ToList())
            {
                Pair(i, j);
            }
        }
    }

    private void PairRenamed()
    {
        var groups = Group(FreeOfSecond, _second, KindOf);
        foreach (var (kind, ofFirst) in Group(FreeOfFirst, _first, KindOf))
        {
            if (groups.TryGetValue(kind, out var ofSecond))
            {
                PairAlike(ofFirst, ofSecond, withHeader: false, onlyUnique: true);
            }
        }
    }

    private void PairAlike(List<int> ofFirst, List<int> ofSecond, bool withHeader, bool onlyUnique)
    {
        var groups = Group(ofSecond, _second, section => TextOf(section, withHeader));
        foreach (var (text, alike) in Group(ofFirst, _first, section => TextOf(section, withHeader)))
        {
            if (!groups.TryGetValue(text, out var partners)
                || (onlyUnique && (text.Length == 0 || alike.Count > 1 || partners.Count > 1)))
            {
                continue;
            }

            foreach (var (i, j) in alike.Zip(partners))
            {
                Pair(i, j);
            }
        }
    }

    private static Dictionary<string, List<int>> Group(
        IEnumerable<int> places, SectionSyntax[] sections, Func<SectionSyntax, string> keyOf)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            var key = keyOf(sections[place]);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
            }

            group.Add(place);
        }

        return groups;
    }

    private static string KindOf(SectionSyntax section) => SectionKeywords.KeywordOf(section.Kind);

    private static string NameOf(SectionSyntax section) => $"{KindOf(section)} {section.Name}";

    /// <summary>
    /// What a section says, as a text that can be looked up: the same where the order of settings alone differs.
    /// </summary>
    private string TextOf(SectionSyntax section, bool withHeader)
    {
        var text = new StringBuilder();
        if (withHeader && section.HeaderLine >= 0)
        {
            Append(text, _keys.NumberOf(section.LineSpan(section.HeaderLine), LineKind.Section));
        }

        var statements = StatementReader.Read(section, _keys, _ => ConditionContexts.Outermost);
        foreach (var statement in statements.OrderBy(statement => statement.Family.Order, StringComparer.Ordinal))
        {
            Append(text, statement.Key);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, int number) =>
        text.Append((char)number).Append((char)(number >> 16));
}
