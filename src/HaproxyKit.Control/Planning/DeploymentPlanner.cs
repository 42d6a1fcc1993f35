using System.Collections.Immutable;
using HaproxyKit.Comparison;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>Finds what has to be done for a running HAProxy to follow a configuration: a pure function of what is known.</summary>
public static class DeploymentPlanner
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    /// <summary>Plans a change.</summary>
    /// <param name="before">The configuration as the file has it.</param>
    /// <param name="wanted">The configuration as it shall be.</param>
    /// <param name="running">
    /// What HAProxy serves, or null where it does not answer. Where it was asked for some proxies only, no others are compared with it.
    /// </param>
    /// <param name="isManaged">The proxies that must run exactly as <paramref name="wanted"/> says, whoever changed them.</param>
    /// <param name="files">The map, acl and certificate files whose content changes with the configuration; none where it is the default.</param>
    /// <param name="drainGrace">How long sessions of servers that go may last; null for 30 seconds.</param>
    /// <param name="isClosed">Which of the managed frontends shall take no connections although no line says so; null for none.</param>
    /// <param name="isOwnMaintenance">Of which servers of managed proxies, by backend and name, it is the caller's own doing if they are out of service; null for none.</param>
    /// <returns>The steps, in the order in which they are to be done; none where nothing has to be done.</returns>
    public static DeploymentPlan Plan(
        ConfigDocument before, ConfigDocument wanted, RunningState? running, Func<string, bool> isManaged,
        ImmutableArray<ReferencedFile> files = default, TimeSpan? drainGrace = null, Func<string, bool>? isClosed = null,
        Func<string, string, bool?>? isOwnMaintenance = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(isManaged);
        var (input, steps) = (new PlanInput(before, wanted, running, drainGrace ?? DefaultGrace), new StepList());
        var servers = new ServerPlanner(input);
        foreach (var change in DocumentChanges.Between(before, wanted))
        {
            Plan(change, input, servers, steps);
        }

        foreach (var file in files.IsDefault ? [] : files)
        {
            FilePlanner.Plan(file, steps);
        }

        if (running is not null)
        {
            new ManagedComparison(input, running, isManaged, isClosed ?? (static _ => false), isOwnMaintenance ?? (static (_, _) => null)).Plan(steps);
        }

        return steps.ToPlan();
    }

    /// <summary>
    /// The proxies whose own sections differ between two configurations: what runs of them has to be known to plan the change. The cost is
    /// that of the sections that differ, where one document came of the other by edits.
    /// </summary>
    /// <param name="before">The configuration as the file has it.</param>
    /// <param name="wanted">The configuration as it shall be.</param>
    /// <returns>The names of frontends, backends and listen sections that were added, removed or changed in any way, comments included.</returns>
    public static IReadOnlySet<string> TouchedProxies(ConfigDocument before, ConfigDocument wanted)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(wanted);
        var differences = SectionDifferences.Between(before, wanted);
        return differences.Before.Concat(differences.Wanted)
            .Where(section => section.Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen)
            .Select(section => section.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether HAProxy runs a section whatever its environment says.</summary>
    internal static bool IsRunAlways(ProxySection section) => ManagedComparison.IsRunAlways(section);

    private static void Plan(ConfigChange change, PlanInput input, ServerPlanner servers, StepList steps)
    {
        switch (change)
        {
            case { Subject: ChangeSubject.Directive, Keyword: "server", SectionKind: SectionKind.Backend or SectionKind.Listen }:
                servers.Plan(change, steps);
                break;
            case { Subject: ChangeSubject.Directive, Keyword: "maxconn" or "disabled", SectionKind: SectionKind.Frontend or SectionKind.Listen }
                when FrontendPlanner.Plan(input, change) is { } frontend:
                steps.Add(frontend);
                break;
            case { Subject: ChangeSubject.Section, Kind: ChangeKind.Added, SectionKind: SectionKind.Backend }
                when BackendAddition.Plan(input, change.SectionName) is { } backend:
                steps.Add(backend);
                break;
            default:
                steps.Reload(ChangeReasons.Of(change), ChangeReasons.SubjectsOf(change));
                break;
        }
    }
}
