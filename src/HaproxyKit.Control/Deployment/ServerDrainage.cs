using HaproxyKit.Control.Planning.Steps;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The end of a server that is out of the file, or of its address where it stays as a spare one: it gets no new sessions, and is deleted or put
/// into maintenance once it has none left in the worker and in any old worker, or its grace is over; sessions that are left then are
/// cut.
/// </summary>
/// <remarks>
/// It goes on after the deployment is answered. Old workers can be asked only where the master's socket is watched; without it, they are
/// waited for until they end, or the grace is over, and what sessions they have then go on until they end.
/// </remarks>
public sealed class ServerDrainage
{
    internal ServerDrainage(string backend, string server, Task<DrainageResult> completion) =>
        (Backend, Server, Completion) = (backend, server, completion);

    internal bool IsOf(ServerStep step) => step.Backend == Backend && step.Server == Server;

    /// <summary>The name of the server's backend or listen section.</summary>
    public string Backend { get; }

    /// <summary>The server's name.</summary>
    public string Server { get; }

    /// <summary>Ends with the drainage, and tells how; it does not fail.</summary>
    public Task<DrainageResult> Completion { get; }
}
