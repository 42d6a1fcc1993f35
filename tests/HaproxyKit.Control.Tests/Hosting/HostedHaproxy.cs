using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Tests.Hosting;

/// <summary>A host as a program makes one, with a real HAProxy.</summary>
internal sealed class HostedHaproxy : IAsyncDisposable
{
    private readonly IHost host;

    private HostedHaproxy(DeployedHaproxy haproxy, IHost host, CapturedLog log)
    {
        Haproxy = haproxy;
        Log = log;
        this.host = host;
    }

    internal DeployedHaproxy Haproxy { get; }

    internal CapturedLog Log { get; }

    internal IServiceProvider Services => host.Services;

    internal static async Task<HostedHaproxy> StartAsync(string more = "", Action<HaproxyOptions>? configure = null, string branch = "2.6")
    {
        var haproxy = await DeployedHaproxy.StartAsync(branch, more);
        var log = new CapturedLog();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddHaproxyKit(options =>
        {
            options.ConfigFile = haproxy.Instance.ConfigPath;
            options.StatsSocket = haproxy.Instance.StatsSocket;
            options.MasterSocket = haproxy.Instance.MasterSocket;
            options.PidFile = haproxy.Instance.PidFile;
            options.DriftInterval = TimeSpan.FromMilliseconds(50);
            configure?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddHaproxyKit();
        var built = builder.Build();
        await built.StartAsync();
        return new HostedHaproxy(haproxy, built, log);
    }

    internal async Task<HealthReportEntry> HealthAsync() =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["haproxy"];

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Haproxy.DisposeAsync();
        Log.Dispose();
    }
}
