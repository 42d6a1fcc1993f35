using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A server that the file has in service, and that somebody has taken out of it at run time (<c>set server ... state</c>, management guide, 9.3).
/// It is kept so until it is undone in the same way.
/// </summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Mode"><see cref="ServerMode.Maintenance"/> or <see cref="ServerMode.Drain"/>.</param>
public readonly record struct HeldServer(string Backend, string Server, ServerMode Mode)
{
    private const ServerAdminStates Forced = ServerAdminStates.ForcedMaintenance | ServerAdminStates.ForcedDrain;

    /// <summary>Those of managed proxies, by what was seen of HAProxy before the change; what is out of service by our own doing is none.</summary>
    internal static ImmutableArray<HeldServer> FindIn(Composition composition)
    {
        if (composition.Running is not { } running)
        {
            return [];
        }

        // A spare server that was never used has no address, and there are many of them.
        var forced = running.Servers.Where(pair => (pair.Value.Admin & Forced) != ServerAdminStates.None && !pair.Value.HasNoAddress && composition.IsManaged(pair.Key.Backend)).ToList();
        if (forced.Count == 0)
        {
            return [];
        }

        var isOurs = composition.OutOfService();
        var input = new PlanInput(composition.Before, composition.Wanted, running, TimeSpan.Zero);
        return
        [
            .. forced.Where(pair => isOurs(pair.Key.Backend, pair.Key.Server) != true && IsInService(input, pair.Key))
                .Select(pair => new HeldServer(
                    pair.Key.Backend,
                    pair.Key.Server,
                    (pair.Value.Admin & ServerAdminStates.ForcedMaintenance) != ServerAdminStates.None ? ServerMode.Maintenance : ServerMode.Drain)),
        ];
    }

    /// <summary>Whether the file, as it shall be, has a server in service; an agent beside it sets its state.</summary>
    private static bool IsInService(PlanInput input, (string Backend, string Server) key) =>
        input.BackendWanted(key.Backend) is { } view
        && view.ServersNamed(key.Server) is [var line]
        && view.Read(line).Server is { IsDisabled: false } server
        && !server.Has("agent-check");
}
