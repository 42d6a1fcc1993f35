using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The requests that wait for the next reload, in the order in which they came. Those of a group that failed together come first, and in
/// smaller groups, since one of them is to blame.
/// </summary>
internal sealed class ReloadLane
{
    private readonly LinkedList<List<DeploymentTicket>> _suspects = [];
    private List<DeploymentTicket> _waiting = [];
    private ConfigDocument? _before;
    private ConfigDocument? _after;
    private HashSet<string> _touched = [];

    internal bool IsEmpty => _suspects.Count == 0 && _waiting.Count == 0;

    /// <summary>
    /// Whether a change must keep its place behind those that wait: it touches a section that they touch, as the file is or as it will be.
    /// </summary>
    internal bool Precedes(ComposedChange change, ConfigDocument fileNow)
    {
        if (IsEmpty)
        {
            return false;
        }

        Compose(fileNow);
        return change.Touched.Keys.Any(_touched.Contains)
            || (Composition.TryEdit(change.Ticket, _after!, out _) is { } later && later.Touched.Keys.Any(_touched.Contains));
    }

    /// <summary>Has a request wait for the next reload.</summary>
    internal void Join(DeploymentTicket ticket)
    {
        _waiting.Add(ticket);
        if (_after is not null)
        {
            Add(ticket);
        }
    }

    /// <summary>Puts groups in front that are to be tried one after the other.</summary>
    internal void Suspect(IEnumerable<IReadOnlyList<DeploymentTicket>> groups)
    {
        foreach (var group in groups.Reverse())
        {
            _suspects.AddFirst([.. group]);
        }

        _before = _after = null;
    }

    /// <summary>Takes the group whose turn it is; its requests may have been withdrawn.</summary>
    internal List<DeploymentTicket> Take()
    {
        _before = _after = null;
        if (_suspects.First is { } first)
        {
            _suspects.RemoveFirst();
            return first.Value;
        }

        (var group, _waiting) = (_waiting, []);
        return group;
    }

    /// <summary>Takes all that wait.</summary>
    internal List<DeploymentTicket> TakeAll()
    {
        List<DeploymentTicket> all = [.. _suspects.SelectMany(group => group), .. _waiting];
        _suspects.Clear();
        _waiting = [];
        _before = _after = null;
        return all;
    }

    private void Compose(ConfigDocument fileNow)
    {
        if (ReferenceEquals(_before, fileNow) && _after is not null)
        {
            return;
        }

        (_before, _after, _touched) = (fileNow, fileNow, new HashSet<string>(StringComparer.Ordinal));
        foreach (var ticket in _suspects.SelectMany(group => group).Concat(_waiting).Where(ticket => !ticket.IsOver))
        {
            Add(ticket);
        }
    }

    private void Add(DeploymentTicket ticket)
    {
        if (Composition.TryEdit(ticket, _after!, out _) is { } change)
        {
            _after = change.After;
            _touched.UnionWith(change.Touched.Keys);
        }
    }
}
