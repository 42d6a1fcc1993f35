using HaproxyKit.Catalog;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning;

/// <summary>What the running HAProxy serves, all of it or some proxies: which there are, which frontends are open, and its servers.</summary>
public sealed record RunningState
{
    /// <summary>The process id of the worker.</summary>
    public required int WorkerPid { get; init; }

    /// <summary>The version of HAProxy.</summary>
    public HaproxyVersion Version { get; init; } = HaproxyVersion.V2_6;

    /// <summary>The proxies that were asked for; null where all were.</summary>
    public IReadOnlySet<string>? Scope { get; init; }

    /// <summary>The names of all proxies, of those in <see cref="Scope"/>.</summary>
    public required IReadOnlySet<string> Proxies { get; init; }

    /// <summary>The frontends and listen sections by name.</summary>
    public required IReadOnlyDictionary<string, RunningFrontend> Frontends { get; init; }

    /// <summary>The servers by the names of their backend and their own.</summary>
    public required IReadOnlyDictionary<(string Backend, string Server), RunningServer> Servers { get; init; }

    /// <summary>
    /// How many more sockets HAProxy could have after a reload: what the system lets it open, less what it may need by its own count
    /// (<c>Maxsock</c>). Null where that cannot be read.
    /// </summary>
    public long? FreeDescriptors { get; init; }

    /// <summary>What the worker said of itself with it; null in a state that was not read from one.</summary>
    internal RuntimeInfo? Info { get; init; }

    /// <summary>Whether a frontend or listen section takes connections.</summary>
    /// <param name="frontend">Its name.</param>
    /// <returns>True where it runs and is open.</returns>
    public bool IsOpen(string frontend) => Frontends.TryGetValue(frontend, out var found) && found.IsOpen;
}
