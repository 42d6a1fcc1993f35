namespace HaproxyKit.Control.Deployment;

/// <summary>What the running HAProxy serves: its proxies, which frontends are open, and its servers.</summary>
public sealed record RunningState
{
    /// <summary>The process id of the worker.</summary>
    public required int WorkerPid { get; init; }

    /// <summary>The names of all proxies.</summary>
    public required IReadOnlySet<string> Proxies { get; init; }

    /// <summary>The names of the frontends that take connections.</summary>
    public required IReadOnlySet<string> OpenFrontends { get; init; }

    /// <summary>The servers by the names of their backend and their own.</summary>
    public required IReadOnlyDictionary<(string Backend, string Server), RunningServer> Servers { get; init; }

    /// <summary>
    /// How many more sockets HAProxy could have after a reload: what the system lets it open, less what it may need by its own count
    /// (<c>Maxsock</c>). Null where that cannot be read.
    /// </summary>
    public long? FreeDescriptors { get; init; }
}
