using System.Diagnostics;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Benchmarks.Applying;

/// <summary>A real HAProxy with a master, in a folder of its own, that ends with the measurement.</summary>
internal sealed class MeasuredHaproxy : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string folder;
    private readonly Process process;
    private readonly RuntimeClient stats;

    private MeasuredHaproxy(string folder, Process process)
    {
        this.folder = folder;
        this.process = process;
        stats = new RuntimeClient(RuntimeEndpoint.Unix(Path.Combine(folder, "stats.sock")));
    }

    /// <summary>Its folder, which goes with it.</summary>
    internal string Folder => folder;

    internal string StatsSocket => Path.Combine(folder, "stats.sock");

    internal string Version { get; private set; } = "";

    internal string ConfigPath => Path.Combine(folder, "haproxy.cfg");

    internal string MasterSocket => Path.Combine(folder, "master.sock");

    /// <param name="configuration">The text, in which <c>{stats}</c> and <c>{folder}</c> are filled in.</param>
    internal static async Task<MeasuredHaproxy> StartAsync(string configuration)
    {
        var home = Directory.CreateTempSubdirectory("hk-bench-").FullName;
        var path = Path.Combine(home, "haproxy.cfg");
        var text = configuration.Replace("{stats}", Path.Combine(home, "stats.sock"), StringComparison.Ordinal)
            .Replace("{folder}", home, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text).ConfigureAwait(false);
        var program = Environment.GetEnvironmentVariable("HAPROXYKIT_HAPROXY") is { Length: > 0 } named ? named : "/usr/sbin/haproxy";
        var start = new ProcessStartInfo(program, ["-W", "-q", "-S", $"{Path.Combine(home, "master.sock")},mode,600,level,admin", "-f", path])
        {
            WorkingDirectory = home,
            UseShellExecute = false,
        };
        var haproxy = new MeasuredHaproxy(home, Process.Start(start)!);
        try
        {
            await haproxy.WaitUntilServingAsync().ConfigureAwait(false);
            return haproxy;
        }
        catch
        {
            await haproxy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A deployer as a program has it.</summary>
    internal Deployer Deployer()
    {
        var watch = new WorkerWatch(stats, new MasterClient(RuntimeEndpoint.Unix(MasterSocket)));
        var invocation = HaproxyInvocation.FromProcess(process.Id).Invocation ?? throw new InvalidOperationException("HAProxy's command line cannot be read");
        return new Deployer(
            new ConfigFile(ConfigPath), new HaproxyChecker(invocation), stats, watch, new MasterSocketReloader(watch), new BindProbe());
    }

    /// <summary>Waits until HAProxy's check has failed.</summary>
    internal async Task WaitUntilDownAsync(string backend, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        while ((await stats.ShowServersStateAsync(backend).ConfigureAwait(false))[0].Operational != ServerOperationalState.Stopped)
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                throw new TimeoutException($"the server of {backend} does not go down");
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    /// <summary>How often HAProxy was reloaded.</summary>
    internal async Task<int> CountReloadsAsync() =>
        (await new MasterClient(RuntimeEndpoint.Unix(MasterSocket)).ShowProcessesAsync().ConfigureAwait(false)).Master.Reloads;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // Its workers end with the master, as they notice that it is gone.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }

        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WaitUntilServingAsync()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Version = (await stats.ShowInfoAsync().ConfigureAwait(false)).Version.ToString(2);
                return;
            }
            catch (RuntimeException) when (!process.HasExited && Stopwatch.GetElapsedTime(start) < StartLimit)
            {
                await Task.Delay(Pause).ConfigureAwait(false);
            }
        }
    }
}
