using HaproxyKit.PhoneHome.Calling;
using HaproxyKit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>The sidecar as its host runs it, with an environment that the test gives.</summary>
internal sealed class CallerHost : IAsyncDisposable
{
    internal const string Token = "planted-token-of-the-pod";

    // The limits of a call and of the goodbye: they are no waits between calls.
    private static readonly TimeSpan[] Limits = [TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5)];

    private readonly IHost host;
    private bool isStarted;

    private CallerHost(IHost host, CapturedLog log, HurriedTime time)
    {
        this.host = host;
        Log = log;
        Time = time;
    }

    internal CapturedLog Log { get; }

    internal HurriedTime Time { get; }

    internal PhoneHomeCaller Caller => host.Services.GetRequiredService<PhoneHomeCaller>();

    /// <summary>Makes a host with the environment of a pod.</summary>
    /// <param name="webhook">The value of <c>WEBHOOK</c>.</param>
    /// <param name="variables">Variables besides, or with null as value variables that are missing.</param>
    internal static CallerHost Make(string? webhook, params (string Name, string? Value)[] variables) =>
        Make([], webhook, variables);

    /// <summary>Makes a host with the environment of a pod, and with arguments.</summary>
    /// <param name="arguments">The process's arguments.</param>
    /// <param name="webhook">The value of <c>WEBHOOK</c>.</param>
    /// <param name="variables">Variables besides, or with null as value variables that are missing.</param>
    internal static CallerHost Make(string[] arguments, string? webhook, params (string Name, string? Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["WEBHOOK"] = webhook,
            ["WEBHOOK_TOKEN"] = Token,
            ["FRONTEND_PORT"] = "8443",
            ["BACKEND_PORT"] = "30443",
            ["NAME"] = "traefik",
            ["REPEAT_INTERVAL"] = "600",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(environment);
        var log = new CapturedLog();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        var time = new HurriedTime(Limits);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddPhoneHomeCaller(builder.Configuration, arguments);
        return new CallerHost(builder.Build(), log, time);
    }

    internal async Task StartAsync()
    {
        await host.StartAsync();
        isStarted = true;
    }

    internal Task StopAsync() => host.StopAsync();

    /// <summary>Runs until the host ends by itself.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync()
    {
        await StartAsync();
        await host.WaitForShutdownAsync().WaitAsync(Testing.Eventually.DefaultTimeout);
        return Caller.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isStarted)
        {
            await host.StopAsync();
        }

        host.Dispose();
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Token));
    }
}
