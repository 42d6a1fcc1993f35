namespace HaproxyKit.Control.Deployment;

/// <summary>The drainages that are held up while it is open whether HAProxy follows a change that wants their servers again.</summary>
internal sealed class DrainageHold
{
    private readonly IReadOnlyDictionary<(string Backend, string Server), DrainageCourse> _held;
    private readonly Action<(string Backend, string Server)> _forget;
    private bool _isOpen = true;

    internal DrainageHold(IReadOnlyDictionary<(string Backend, string Server), DrainageCourse> held, Action<(string Backend, string Server)> forget) =>
        (_held, _forget) = (held, forget);

    /// <summary>Nothing is held up.</summary>
    internal static DrainageHold None { get; } = new(new Dictionary<(string, string), DrainageCourse>(), static _ => { });

    /// <summary>Whether a server is out of service by our own doing alone, and shall be in service.</summary>
    internal bool Holds(string backend, string server) => _held.ContainsKey((backend, server));

    /// <summary>HAProxy follows: the servers stay.</summary>
    internal void Release()
    {
        foreach (var (key, course) in Close())
        {
            course.Release();
            _forget(key);
        }
    }

    /// <summary>The change is undone: the drainages go on where they were.</summary>
    internal void Resume()
    {
        foreach (var (_, course) in Close())
        {
            course.Resume();
        }
    }

    /// <summary>Neither is sure: the drainages end, and the servers are still known to be out of service by our own doing.</summary>
    internal void Abandon()
    {
        foreach (var (_, course) in Close())
        {
            course.Release();
        }
    }

    private IReadOnlyDictionary<(string Backend, string Server), DrainageCourse> Close()
    {
        var isOpen = _isOpen;
        _isOpen = false;
        return isOpen ? _held : None._held;
    }
}
