using HaproxyKit.Catalog;
using HaproxyKit.Comparison;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>Plans what becomes of frontends whose limit changed, or that were switched off or on.</summary>
internal static class FrontendPlanner
{
    /// <summary>The step for a change, or null where it takes a reload.</summary>
    internal static RuntimeStep? Plan(PlanInput input, ConfigChange change)
    {
        var name = change.SectionName;
        if (input.FrontendWanted(name) is not { } section
            || PlanInput.HasConditions(section)
            || !ServerNames.IsPlain(name)
            || (input.Running is { } running && !running.Frontends.ContainsKey(name)))
        {
            return null;
        }

        return change switch
        {
            { Keyword: "maxconn", Kind: ChangeKind.Added or ChangeKind.Changed, New.Words: ["maxconn", var text] }
                when TakesLimit(input.Version) && section.Directives["maxconn"].Count == 1 && ServerAddresses.TryNumber(text, 1, int.MaxValue, out var limit)
                => new SetFrontendMaxConnections(name, limit),

            // A listen section that is switched off has no servers either, and a backend is not reached by closing a port.
            { Keyword: "disabled", Kind: ChangeKind.Added, SectionKind: SectionKind.Frontend } when section.Directives["enabled"].Count == 0 && IsOnPortsAlone(section)
                => new SwitchFrontend(name, IsOpen: false),
            { Keyword: "disabled", Kind: ChangeKind.Removed, SectionKind: SectionKind.Frontend }
                when section.Effective.Directive("disabled").Value is null && IsPaused(input.Running, name)
                => new SwitchFrontend(name, IsOpen: true),
            _ => null,
        };
    }

    /// <summary>
    /// Whether a frontend can be given another limit at run time: HAProxy 2.6.12 whose frontend is full waits for a lock of its own then, and its
    /// watchdog kills it; 3.0.11 lets those in who wait.
    /// </summary>
    internal static bool TakesLimit(HaproxyVersion version) => version >= HaproxyVersion.V3_0;

    /// <summary>
    /// Whether a frontend listens on TCP ports alone: HAProxy 2.6 goes on taking connections on a unix socket of a frontend that it closed.
    /// </summary>
    private static bool IsOnPortsAlone(ProxySection section) => section.Directives["bind"].OfType<Bind>().All(bind =>
        bind.Addresses.Count > 0
        && bind.Addresses.All(address => address is { IsUnixSocket: false, Transport: "", Prefix: "" or "ipv4" or "ipv6", PortRange: not null }));

    /// <summary>Whether a frontend was closed by a command, so that another one opens it.</summary>
    internal static bool IsPaused(RunningState? running, string name) => running?.Frontends.GetValueOrDefault(name) is { IsPaused: true };
}
