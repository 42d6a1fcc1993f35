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
    private readonly Dictionary<(string Backend, string Server), (ServerDrainage Drainage, CancellationTokenSource Reclaim)> _running = [];
    private readonly HashSet<(string Backend, string Server)> _reclaimed = [];

    /// <summary>Begins to drain the servers that steps have taken out.</summary>
    internal ImmutableArray<ServerDrainage> Start(IEnumerable<DeploymentStep> steps)
    {
        Forget();
        var started = ImmutableArray.CreateBuilder<ServerDrainage>();
        foreach (var step in steps.OfType<RemoveServer>().Where(step => !_running.ContainsKey((step.Backend, step.Server))))
        {
            var reclaim = new CancellationTokenSource();
            var run = new DrainageRun(step, runtime, watch, time, reclaim.Token);
            var drainage = new ServerDrainage(step.Backend, step.Server, Task.Run(run.RunAsync, CancellationToken.None));
            _running.Add((step.Backend, step.Server), (drainage, reclaim));
            started.Add(drainage);
        }

        return started.ToImmutable();
    }

    /// <summary>Ends the drainage of every server that a configuration wants again.</summary>
    internal async Task ReclaimAsync(ConfigDocument wanted)
    {
        Forget();
        if (_running.Count == 0)
        {
            return;
        }

        var config = new HaproxyConfig(wanted);
        foreach (var (key, (drainage, reclaim)) in _running.Where(pair => IsIn(config, pair.Key)).ToList())
        {
            await reclaim.CancelAsync().ConfigureAwait(false);
            var result = await drainage.Completion.ConfigureAwait(false);
            if (result.Ending is DrainageEnding.Reclaimed or DrainageEnding.Failed)
            {
                _reclaimed.Add(key);
            }
        }
    }

    /// <summary>
    /// What HAProxy serves without the servers that are wanted again and out of service by our own doing: to add them puts them back.
    /// </summary>
    internal RunningState? Hide(RunningState? running)
    {
        if (running is null || _reclaimed.Count == 0)
        {
            return running;
        }

        _reclaimed.RemoveWhere(key => running.Proxies.Contains(key.Backend) && running.Servers.GetValueOrDefault(key) is null or { Mode: ServerMode.Ready });
        return running with { Servers = running.Servers.Where(pair => !_reclaimed.Contains(pair.Key)).ToDictionary() };
    }

    /// <summary>Ends all drainages where they are.</summary>
    internal async Task StopAsync()
    {
        foreach (var (drainage, reclaim) in _running.Values)
        {
            await reclaim.CancelAsync().ConfigureAwait(false);
            await drainage.Completion.ConfigureAwait(false);
            reclaim.Dispose();
        }

        _running.Clear();
    }

    private void Forget()
    {
        foreach (var (key, (_, reclaim)) in _running.Where(pair => pair.Value.Drainage.Completion.IsCompleted).ToList())
        {
            reclaim.Dispose();
            _running.Remove(key);
        }
    }

    private static bool IsIn(HaproxyConfig config, (string Backend, string Server) key) => config.Sections.OfType<ProxySection>()
        .Where(section => section.Name == key.Backend && section.Kind is SectionKind.Backend or SectionKind.Listen)
        .SelectMany(section => section.Directives.OfType<Server>())
        .Any(server => server.Name == key.Server);
}
