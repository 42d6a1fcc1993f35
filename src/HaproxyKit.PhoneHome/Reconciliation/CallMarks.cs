using System.Collections.Concurrent;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Which nodes have called, in memory, until one write tells the processes that share the state folder of all of them. To mark a node that is
/// known takes no lock. No time is kept: who looks at leases counts from when it saw a call, by a clock that cannot be set.
/// </summary>
internal sealed class CallMarks
{
    private readonly ConcurrentDictionary<(int Port, string? Node), Mark> _marks = new();

    /// <summary>Whether a node has called since they were taken last.</summary>
    internal bool HasNew => _marks.Any(pair => Volatile.Read(ref pair.Value.IsNew));

    /// <summary>Marks that a node has called just now.</summary>
    internal void Note(int frontendPort, string? node)
    {
        if (!_marks.TryGetValue((frontendPort, node), out var mark))
        {
            mark = _marks.GetOrAdd((frontendPort, node), static _ => new Mark());
        }

        Volatile.Write(ref mark.IsNew, true);
    }

    /// <summary>Takes the nodes that have called since they were taken last.</summary>
    internal IReadOnlyList<(int Port, string? Node)> TakeNew()
    {
        var called = new List<(int, string?)>();
        foreach (var (key, mark) in _marks)
        {
            if (Interlocked.Exchange(ref mark.IsNew, false))
            {
                called.Add(key);
            }
        }

        return called;
    }

    /// <summary>Forgets a node that is gone.</summary>
    internal void Forget(int frontendPort, string? node) => _marks.TryRemove((frontendPort, node), out _);

    private sealed class Mark
    {
        internal bool IsNew;
    }
}
