using HaproxyKit.Catalog;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>What a plan is made from. Sections are read only when they are asked for.</summary>
internal sealed class PlanInput(ConfigDocument before, ConfigDocument wanted, RunningState? running, TimeSpan drainGrace)
{
    private readonly Lazy<HaproxyConfig> _before = new(() => new HaproxyConfig(before));
    private readonly Lazy<HaproxyConfig> _wanted = new(() => new HaproxyConfig(wanted));
    private readonly Dictionary<string, BackendView?> _backendsBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BackendView?> _backendsWanted = new(StringComparer.Ordinal);

    internal ConfigDocument Before => before;

    internal ConfigDocument Wanted => wanted;

    internal RunningState? Running => running;

    /// <summary>The version that runs; the oldest that is known where none answers.</summary>
    internal HaproxyVersion Version => running?.Version ?? HaproxyVersion.V2_6;

    internal TimeSpan DrainGrace => drainGrace;

    /// <summary>The one section with servers of a name in the configuration as it was; null where there are none or several.</summary>
    internal BackendView? BackendBefore(string name) => Backend(_backendsBefore, _before, name);

    /// <summary>The one section with servers of a name in the configuration as it shall be; null where there are none or several.</summary>
    internal BackendView? BackendWanted(string name) => Backend(_backendsWanted, _wanted, name);

    /// <summary>Whether the configuration as it was has disabled a server.</summary>
    internal bool WasDisabled(string backend, string server) =>
        BackendBefore(backend) is { } view && view.ServersNamed(server) is [var line] && view.Read(line).Server is { IsDisabled: true };

    /// <summary>The one section that takes connections of a name in the configuration as it shall be; null where there are none or several.</summary>
    internal ProxySection? FrontendWanted(string name) => Only(_wanted.Value, name, SectionKind.Frontend, SectionKind.Listen);

    /// <summary>All frontends, backends and listen sections of a name in the configuration as it shall be.</summary>
    internal IEnumerable<ProxySection> ProxiesWanted(string name) =>
        Named(_wanted.Value, name, SectionKind.Frontend, SectionKind.Backend, SectionKind.Listen);

    /// <summary>All frontends, backends and listen sections of the configuration as it shall be.</summary>
    internal IEnumerable<ProxySection> ProxiesWanted() =>
        _wanted.Value.Sections.OfType<ProxySection>().Where(section => section.Kind != SectionKind.Defaults);

    /// <summary>Whether lines of a section stand between conditions, or a condition ends or begins in it.</summary>
    internal static bool HasConditions(ProxySection section) => section.Syntax.Lines.Any(line => line.Kind == LineKind.Dot);

    private static BackendView? Backend(Dictionary<string, BackendView?> known, Lazy<HaproxyConfig> config, string name)
    {
        if (!known.TryGetValue(name, out var view))
        {
            view = Only(config.Value, name, SectionKind.Backend, SectionKind.Listen) is { } section ? new BackendView(section) : null;
            known.Add(name, view);
        }

        return view;
    }

    private static ProxySection? Only(HaproxyConfig config, string name, params ReadOnlySpan<SectionKind> kinds)
    {
        var found = Named(config, name, kinds);
        return found is [var only] ? only : null;
    }

    private static List<ProxySection> Named(HaproxyConfig config, string name, params ReadOnlySpan<SectionKind> kinds)
    {
        var found = new List<ProxySection>();
        foreach (var kind in kinds)
        {
            found.AddRange(config.SectionsOf(kind).Named(name).OfType<ProxySection>());
        }

        return found;
    }
}
