namespace HaproxyKit.Comparison;

/// <summary>The directives of a section in both documents: which are the same, which have changed or moved.</summary>
internal sealed class SectionComparison
{
    private readonly List<Statement> _first;
    private readonly List<Statement> _second;
    private readonly int[] _partners;
    private readonly int[] _firstOf;

    private SectionComparison(List<Statement> first, List<Statement> second)
    {
        (_first, _second) = (first, second);
        var contexts = new ConditionContexts();
        int[] Numbers(List<Statement> statements) => [.. statements.Select(s => contexts.Within(s.Key, s.Context))];
        _partners = SequenceAligner.Align(Numbers(first), Numbers(second));
        _firstOf = new int[second.Count];
        Array.Fill(_firstOf, SequenceAligner.None);
        for (var i = 0; i < _partners.Length; i++)
        {
            if (_partners[i] != SequenceAligner.None)
            {
                _firstOf[_partners[i]] = i;
            }
        }
    }

    /// <summary>Compares two sections, and gives each change with the lines that it is about.</summary>
    internal static void Compare(
        List<Statement> first, List<Statement> second, Action<ChangeKind, Statement?, Statement?> found)
    {
        var comparison = new SectionComparison(first, second);
        comparison.PairLeftOver(statement => $"{statement.Key}");
        comparison.PairLeftOver(s => s.Family.IsNamed ? $"{s.Context}\0{s.Identity}" : null);
        comparison.PairLeftOver(s => s.Family.IsNamed ? s.Identity : null);
        comparison.PairBetweenNeighbours();
        comparison.Tell(found);
    }

    /// <summary>Pairs what is left over and has the same key, in order; null takes no part.</summary>
    private void PairLeftOver(Func<Statement, string?> keyOf)
    {
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _second.Count; i++)
        {
            if (_firstOf[i] == SequenceAligner.None && keyOf(_second[i]) is { } key)
            {
                AddTo(free, key, i);
            }
        }

        for (var i = 0; i < _first.Count && free.Count > 0; i++)
        {
            if (_partners[i] == SequenceAligner.None
                && keyOf(_first[i]) is { } key
                && free.TryGetValue(key, out var places)
                && places.TryDequeue(out var place))
            {
                Pair(i, place);
            }
        }
    }

    /// <summary>Rules have no names: a changed one is one of the same action between the same neighbours.</summary>
    private void PairBetweenNeighbours()
    {
        var moved = FindMoved();
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        var after = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _second.Count; i++)
        {
            var statement = _second[i];
            if (_firstOf[i] != SequenceAligner.None && !moved.Contains(_firstOf[i]))
            {
                after[statement.Family.Order] = i;
            }
            else if (_firstOf[i] == SequenceAligner.None && !statement.Family.IsNamed)
            {
                AddTo(free, KeyOf(statement, after), i);
            }
        }

        after.Clear();
        for (var i = 0; i < _first.Count && free.Count > 0; i++)
        {
            var statement = _first[i];
            if (_partners[i] != SequenceAligner.None && !moved.Contains(i))
            {
                after[statement.Family.Order] = _partners[i];
            }
            else if (_partners[i] == SequenceAligner.None
                && !statement.Family.IsNamed
                && free.TryGetValue(KeyOf(statement, after), out var places)
                && places.TryDequeue(out var place))
            {
                // Not a neighbour for those that follow: it would part them from their partners.
                _partners[i] = place;
                _firstOf[place] = i;
            }
        }
    }

    private static string KeyOf(Statement statement, Dictionary<string, int> after)
    {
        var neighbour = after.GetValueOrDefault(statement.Family.Order, SequenceAligner.None);
        return $"{neighbour} {statement.Context}\0{statement.Identity}";
    }

    private static void AddTo(Dictionary<string, Queue<int>> groups, string key, int place)
    {
        if (!groups.TryGetValue(key, out var places))
        {
            groups.Add(key, places = []);
        }

        places.Enqueue(place);
    }

    private void Pair(int first, int second)
    {
        _partners[first] = second;
        _firstOf[second] = first;
    }

    /// <summary>The statements of the first section whose order or condition is another now.</summary>
    private HashSet<int> FindMoved()
    {
        var moved = new HashSet<int>();
        var families = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _first.Count; i++)
        {
            if (_partners[i] == SequenceAligner.None)
            {
                continue;
            }

            var (old, now) = (_first[i], _second[_partners[i]]);
            if (old.Context != now.Context)
            {
                moved.Add(i);
            }

            Add(families, old.Family.Order, i);
            if (old.IsOfEnvironment && now.IsOfEnvironment && old.Family.Order != StatementFamilies.EnvironmentOrder)
            {
                Add(families, StatementFamilies.EnvironmentOrder, i);
            }
        }

        foreach (var family in families.Values)
        {
            foreach (var place in LongestOrder.OutOfOrder([.. family.Select(i => _partners[i])]))
            {
                moved.Add(family[place]);
            }
        }

        return moved;
    }

    private static void Add(Dictionary<string, List<int>> families, string family, int place)
    {
        if (!families.TryGetValue(family, out var places))
        {
            families.Add(family, places = []);
        }

        places.Add(place);
    }

    private void Tell(Action<ChangeKind, Statement?, Statement?> found)
    {
        var moved = FindMoved();
        for (var i = 0; i < _first.Count; i++)
        {
            if (_partners[i] == SequenceAligner.None)
            {
                found(ChangeKind.Removed, _first[i], null);
                continue;
            }

            var partner = _second[_partners[i]];
            if (_first[i].Key != partner.Key)
            {
                found(ChangeKind.Changed, _first[i], partner);
            }

            if (moved.Contains(i))
            {
                found(ChangeKind.Moved, _first[i], partner);
            }
        }

        for (var i = 0; i < _second.Count; i++)
        {
            if (_firstOf[i] == SequenceAligner.None)
            {
                found(ChangeKind.Added, null, _second[i]);
            }
        }
    }
}
