using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Where the sections of a change stand in the document that the file holds now. Of several of one name those as the change left them come
/// first, then those as they were before it, then the others in order.
/// </summary>
internal sealed class ReverseEditCounterparts(ReverseEditPairing pairing, ConfigDocument current)
{
    private const int None = ReverseEditPairing.None;
    private readonly HashSet<(SectionKind Kind, string Name)> _known = [];
    private readonly Dictionary<int, int> _ofAfter = [];
    private readonly Dictionary<int, int> _ofRemoved = [];
    private readonly Dictionary<(SectionKind Kind, string Name), int> _foreign = [];

    /// <summary>The section that a section after the change is now, or <see cref="None"/>.</summary>
    internal int OfAfter(int after)
    {
        Find(KeyOf(pairing.After[after]));
        return _ofAfter.GetValueOrDefault(after, None);
    }

    /// <summary>The section that stands there again although the change removed it, or <see cref="None"/>.</summary>
    internal int OfRemoved(int before)
    {
        Find(KeyOf(pairing.Before[before]));
        return _ofRemoved.GetValueOrDefault(before, None);
    }

    /// <summary>A section of the same kind and name that others have added since, or <see cref="None"/>.</summary>
    internal int Foreign(SectionSyntax section)
    {
        Find(KeyOf(section));
        return _foreign.GetValueOrDefault(KeyOf(section), None);
    }

    private static (SectionKind Kind, string Name) KeyOf(SectionSyntax section) => (section.Kind, section.Name);

    private void Find((SectionKind Kind, string Name) key)
    {
        if (!_known.Add(key))
        {
            return;
        }

        var free = current.FindSections(key.Kind, key.Name).ToList();
        var after = pairing.AfterDocument.FindSections(key.Kind, key.Name);
        var before = pairing.BeforeDocument.FindSections(key.Kind, key.Name);
        foreach (var i in after)
        {
            Take(free, _ofAfter, i, place => IsText(place, pairing.After[i]));
        }

        foreach (var i in before)
        {
            var partner = pairing.PartnersOfBefore[i];
            if (partner == None)
            {
                Take(free, _ofRemoved, i, place => IsText(place, pairing.Before[i]));
            }
            else if (after.Contains(partner) && !_ofAfter.ContainsKey(partner))
            {
                Take(free, _ofAfter, partner, place => IsText(place, pairing.Before[i]));
            }
        }

        foreach (var i in after.Where(i => !_ofAfter.ContainsKey(i)))
        {
            Take(free, _ofAfter, i, static _ => true);
        }

        if (free.Count > 0)
        {
            _foreign[key] = free[0];
        }
    }

    private static void Take(List<int> free, Dictionary<int, int> taken, int section, Predicate<int> isIt)
    {
        if (free.FindIndex(isIt) is >= 0 and var at)
        {
            taken[section] = free[at];
            free.RemoveAt(at);
        }
    }

    private bool IsText(int place, SectionSyntax section) =>
        ReverseEditPairing.AreAlike(current.GetSection(place).Bytes.Span, section.Bytes.Span);
}
