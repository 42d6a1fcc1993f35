using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The servers that are being drained. They hold nobody up, and end early where somebody wants them again. Safe for use by several threads at
/// once.
/// </summary>
internal sealed class ServerDrainages(RuntimeClient runtime, WorkerWatch watch, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Backend, string Server), DrainageCourse> _courses = [];

    /// <summary>Begins to drain the servers that steps have taken out.</summary>
    /// <param name="steps">The steps that were taken.</param>
    /// <param name="before">The configuration in which they stood.</param>
    /// <param name="running">What HAProxy served.</param>
    internal ImmutableArray<ServerDrainage> Start(IEnumerable<DeploymentStep> steps, ConfigDocument before, RunningState? running)
    {
        using var entered = _gate.EnterScope();
        Forget();
        var started = ImmutableArray.CreateBuilder<ServerDrainage>();
        var config = new Lazy<HaproxyConfig>(() => new HaproxyConfig(before));
        foreach (var step in steps.OfType<ServerStep>().Where(step => GraceOf(step) is not null && _courses.GetValueOrDefault((step.Backend, step.Server)) is null or { IsOver: true }))
        {
            var reverse = running is null || step is ReleaseServer ? null : Addition(config.Value, (step.Backend, step.Server), running);
            var course = DrainageCourse.Begin(step, reverse, new DrainageRun(step, GraceOf(step)!.Value, runtime, watch, time));
            Remove((step.Backend, step.Server));
            _courses.Add((step.Backend, step.Server), course);
            started.Add(course.Drainage);
        }

        return started.ToImmutable();
    }

    /// <summary>
    /// What HAProxy serves without the servers that a configuration wants again, as they were, and that are out of service by our own doing:
    /// to add them puts them back. One that is wanted with another line is in the way until it is deleted, or HAProxy reloaded. Those that are to be
    /// spare ones count as such while they drain.
    /// </summary>
    internal RunningState? Hide(RunningState? running, ConfigDocument wanted)
    {
        using var entered = _gate.EnterScope();
        Forget();
        if (running is null || _courses.Count == 0)
        {
            return running;
        }

        // Another worker knows nothing of ours.
        foreach (var key in _courses.Where(pair => pair.Value.IsOver && !pair.Value.IsIn(running.WorkerPid)).Select(pair => pair.Key).ToList())
        {
            Remove(key);
        }

        var config = new HaproxyConfig(wanted);
        var hidden = _courses
            .Where(pair => pair.Value.IsIn(running.WorkerPid) && pair.Value.Reverse is { } reverse && reverse.Equals(Addition(config, pair.Key, running)))
            .Select(pair => pair.Key)
            .ToHashSet();
        return running with
        {
            Servers = running.Servers.Where(pair => !hidden.Contains(pair.Key)).ToDictionary(
                pair => pair.Key, pair => IsBecomingSpare(config, pair.Key, pair.Value) ? AsSpare(pair.Value) : pair.Value),
        };
    }

    /// <summary>Holds up the drainage of every server that a configuration wants again, until it is known whether HAProxy follows.</summary>
    /// <param name="wanted">The configuration.</param>
    /// <param name="byReload">Whether HAProxy is reloaded, so that spare servers whose drainage is over are told apart from those that somebody else has put out.</param>
    internal async Task<DrainageHold> HoldAsync(ConfigDocument wanted, bool byReload)
    {
        var held = FindWanted(wanted, byReload);
        foreach (var (_, course) in held)
        {
            await course.HoldAsync().ConfigureAwait(false);
        }

        return new DrainageHold(held.ToDictionary(), Remove);
    }

    /// <summary>Ends all drainages where they are.</summary>
    internal async Task StopAsync()
    {
        List<KeyValuePair<(string Backend, string Server), DrainageCourse>> all;
        lock (_gate)
        {
            all = [.. _courses];
        }

        foreach (var (key, course) in all)
        {
            await course.HoldAsync().ConfigureAwait(false);
            course.Release();
            Remove(key);
        }
    }

    private List<KeyValuePair<(string Backend, string Server), DrainageCourse>> FindWanted(ConfigDocument wanted, bool byReload)
    {
        using var entered = _gate.EnterScope();
        Forget();
        if (_courses.Count == 0)
        {
            return [];
        }

        var config = new HaproxyConfig(wanted);
        return
        [
            .. _courses.Where(pair => (byReload || !pair.Value.IsReleased)
                && Find(config, pair.Key).Line is { } line && !(pair.Value.IsRelease && IsSpare(line))),
        ];
    }

    private void Remove((string Backend, string Server) key)
    {
        using var entered = _gate.EnterScope();
        if (_courses.Remove(key, out var course))
        {
            course.Dispose();
        }
    }

    private void Forget()
    {
        foreach (var key in _courses.Where(pair => !pair.Value.MayBeThere).Select(pair => pair.Key).ToList())
        {
            Remove(key);
        }
    }

    private bool IsBecomingSpare(HaproxyConfig wanted, (string Backend, string Server) key, RunningServer server) =>
        server.Mode == ServerMode.Drain
        && _courses.GetValueOrDefault(key) is { IsRelease: true, IsOver: false }
        && Find(wanted, key).Line is { } line && IsSpare(line);

    private static RunningServer AsSpare(RunningServer server) => server with { Admin = server.Admin | ServerAdminStates.ForcedMaintenance };

    private static bool IsSpare(Server line) => line.Arguments.Count > 1 && ServerAddresses.IsUnspecified(line.Arguments[1].Value);

    private static TimeSpan? GraceOf(ServerStep step) => step switch
    {
        RemoveServer remove => remove.Grace,
        ReleaseServer release => release.Grace,
        _ => null,
    };

    private static AddServer? Addition(HaproxyConfig config, (string Backend, string Server) key, RunningState running) =>
        Find(config, key) is ({ } section, { } line) && new BackendView(section) is var view
            ? ServerAddition.Plan(view, line, running.Version, before: view).Step
            : null;

    private static (ProxySection? Section, Server? Line) Find(HaproxyConfig config, (string Backend, string Server) key) => new[] { SectionKind.Backend, SectionKind.Listen }
        .SelectMany(kind => config.SectionsOf(kind).Named(key.Backend).OfType<ProxySection>())
        .SelectMany(section => section.Directives.OfType<Server>(), (section, line) => (section, line))
        .FirstOrDefault(pair => pair.line.Name == key.Server);
}
