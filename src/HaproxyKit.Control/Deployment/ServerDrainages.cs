using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>The servers that are being drained. They hold nobody up, and end early where somebody wants them again.</summary>
internal sealed class ServerDrainages(RuntimeClient runtime, WorkerWatch watch, TimeProvider time)
{
    private readonly Dictionary<(string Backend, string Server), DrainageCourse> _courses = [];

    /// <summary>Begins to drain the servers that steps have taken out.</summary>
    /// <param name="steps">The steps that were taken.</param>
    /// <param name="before">The configuration in which they stood.</param>
    /// <param name="running">What HAProxy served.</param>
    internal ImmutableArray<ServerDrainage> Start(IEnumerable<DeploymentStep> steps, ConfigDocument before, RunningState? running)
    {
        Forget();
        var started = ImmutableArray.CreateBuilder<ServerDrainage>();
        var config = new Lazy<HaproxyConfig>(() => new HaproxyConfig(before));
        foreach (var step in steps.OfType<RemoveServer>().Where(step => _courses.GetValueOrDefault((step.Backend, step.Server)) is null or { IsOver: true }))
        {
            var reverse = running is null ? null : Addition(config.Value, (step.Backend, step.Server), running);
            var course = DrainageCourse.Begin(step, reverse, new DrainageRun(step, runtime, watch, time));
            Remove((step.Backend, step.Server));
            _courses.Add((step.Backend, step.Server), course);
            started.Add(course.Drainage);
        }

        return started.ToImmutable();
    }

    /// <summary>
    /// What HAProxy serves without the servers that a configuration wants again, as they were, and that are out of service by our own doing:
    /// to add them puts them back. One that is wanted with another line is in the way until it is deleted, or HAProxy reloaded.
    /// </summary>
    internal RunningState? Hide(RunningState? running, ConfigDocument wanted)
    {
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
        return hidden.Count == 0
            ? running
            : running with { Servers = running.Servers.Where(pair => !hidden.Contains(pair.Key)).ToDictionary() };
    }

    /// <summary>Holds up the drainage of every server that a configuration wants again, until it is known whether HAProxy follows.</summary>
    internal async Task<DrainageHold> HoldAsync(ConfigDocument wanted)
    {
        Forget();
        if (_courses.Count == 0)
        {
            return DrainageHold.None;
        }

        var config = new HaproxyConfig(wanted);
        var held = _courses.Where(pair => Find(config, pair.Key).Line is not null).ToList();
        foreach (var (_, course) in held)
        {
            await course.HoldAsync().ConfigureAwait(false);
        }

        return new DrainageHold(held.ToDictionary(), Remove);
    }

    /// <summary>Ends all drainages where they are.</summary>
    internal async Task StopAsync()
    {
        foreach (var course in _courses.Values)
        {
            await course.HoldAsync().ConfigureAwait(false);
            course.Release();
            course.Dispose();
        }

        _courses.Clear();
    }

    private void Remove((string Backend, string Server) key)
    {
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

    private static AddServer? Addition(HaproxyConfig config, (string Backend, string Server) key, RunningState running) =>
        Find(config, key) is ({ } section, { } line) && new BackendView(section) is var view
            ? ServerAddition.Plan(view, line, running.Version, before: view).Step
            : null;

    private static (ProxySection? Section, Server? Line) Find(HaproxyConfig config, (string Backend, string Server) key) => config.Sections.OfType<ProxySection>()
        .Where(section => section.Name == key.Backend && section.Kind is SectionKind.Backend or SectionKind.Listen)
        .SelectMany(section => section.Directives.OfType<Server>(), (section, line) => (section, line))
        .FirstOrDefault(pair => pair.line.Name == key.Server);
}
