using System.Net;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>A reconciler before a real HAProxy, without a webhook.</summary>
internal sealed class ReconcilerHost : IAsyncDisposable
{
    private readonly TemporaryFolder _state = new();
    private readonly IHost _host;

    private ReconcilerHost(HaproxyInstance haproxy, bool isMaintained, Action<PhoneHomeOptions>? configure, TimeProvider? time)
    {
        Haproxy = haproxy;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(Log);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddHaproxyKit(options =>
        {
            options.Executable = haproxy.Program;
            options.ConfigFile = haproxy.ConfigPath;
            options.StatsSocket = haproxy.StatsSocket;
            options.MasterSocket = haproxy.MasterSocket;
            options.PidFile = haproxy.PidFile;
            options.DriftInterval = TimeSpan.Zero;
        });
        builder.Services.AddPhoneHome(options =>
        {
            options.StateFolder = _state.Path;
            options.MaintenanceInterval = TimeSpan.FromMinutes(10);
            configure?.Invoke(options);
        });
        builder.Services.Configure<HaproxyKit.PhoneHome.Mappings.MappingSectionOptions>(options =>
            (options.BindAddress, options.CheckInterval) = ("127.0.0.1", TimeSpan.FromMilliseconds(200)));
        if (isMaintained)
        {
            builder.Services.AddPhoneHomeMaintenance();
        }

        _host = builder.Build();
    }

    internal HaproxyInstance Haproxy { get; }

    internal CapturedLog Log { get; } = new();

    internal string StatePath => _state.Path;

    internal IServiceProvider Services => _host.Services;

    internal MappingReconciler Reconciler => Services.GetRequiredService<MappingReconciler>();

    internal AlarmBoard Alarms => Services.GetRequiredService<AlarmBoard>();

    /// <summary>Whether a port has a node that is wanted.</summary>
    internal bool IsWanted(int port) => Reconciler.Mappings.Any(mapping => mapping.FrontendPort == port);

    internal string File => System.IO.File.ReadAllText(Haproxy.ConfigPath);

    internal static async Task<ReconcilerHost> StartAsync(bool isMaintained = false, bool isStarted = true, Action<PhoneHomeOptions>? configure = null, TimeProvider? time = null, string operators = "", string? program = null)
    {
        var text = HaproxyInstance.Global + $"defaults\n  mode tcp\n  timeout connect 2s\n  timeout client 1m\n  timeout server 1m\nfrontend own\n  bind 127.0.0.1:{Ports.Take()}\n" + operators;
        var haproxy = await HaproxyInstance.StartAsync(text, program);
        var host = new ReconcilerHost(haproxy, isMaintained, configure, time);
        if (isStarted)
        {
            await host._host.StartAsync();
        }

        return host;
    }

    internal static MappingCommand Command(MappingAction action, int port, string address = "127.0.0.2", TimeSpan? lease = null, int nodePort = 9) => new()
    {
        Action = action,
        Name = $"map-{port}",
        FrontendPort = port,
        NodePort = nodePort,
        Address = IPAddress.Parse(address),
        Lease = lease,
        Owner = "team",
    };

    internal Task<MappingOutcome> AddAsync(int port, string address = "127.0.0.2", TimeSpan? lease = null, int nodePort = 9) =>
        Reconciler.SubmitAsync(Command(MappingAction.Add, port, address, lease, nodePort), CancellationToken.None);

    internal Task<MappingOutcome> DeleteAsync(int port) =>
        Reconciler.SubmitAsync(Command(MappingAction.Delete, port), CancellationToken.None);

    /// <summary>Takes the state folder, as another process does: no pass can begin.</summary>
    internal Task<IDisposable> LockAsync() => StateFolder.Open(_state.Path).LockAsync(TimeProvider.System, CancellationToken.None);

    internal Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        await Haproxy.DisposeAsync();
        _state.Dispose();
    }
}
