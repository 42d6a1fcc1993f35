using System.Net;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>A webhook's reconciler and a HAProxy, real or in memory, to which the steps of a sequence happen; beside them the model.</summary>
internal sealed class ReconcilingBed : IAsyncDisposable
{
    private const string Fault = "bogus line\n";
    private const string HandWritten = "127.0.0.99";

    private const ServerAdminStates OutOfService = ServerAdminStates.AnyMaintenance | ServerAdminStates.AnyDrain;

    private readonly TemporaryFolder _state = new();
    private readonly ReconcilingModel _model = new();
    private readonly MemoryHaproxy? _memory;
    private readonly HaproxyInstance? _real;
    private readonly int[] _ports;
    private string _operators;
    private IHost? _host;

    private ReconcilingBed(MemoryHaproxy? memory, HaproxyInstance? real, string operators, int[] ports) =>
        (_memory, _real, _operators, _ports) = (memory, real, operators, ports);

    private string ConfigPath => _real?.ConfigPath ?? _memory!.ConfigPath;

    private string StatsSocket => _real?.StatsSocket ?? _memory!.StatsSocket;

    private bool IsBroken => File.ReadAllText(ConfigPath).Contains(Fault, StringComparison.Ordinal);

    private MappingReconciler Reconciler => _host!.Services.GetRequiredService<MappingReconciler>();

    internal static async Task<ReconcilingBed> StartAsync(int ownPort, int[] ports, string? program)
    {
        var text = HaproxyInstance.Global + $"defaults\n  mode tcp\n  timeout connect 2s\n  timeout client 1m\n  timeout server 1m\nfrontend own\n  bind 127.0.0.1:{ownPort}\n";
        var real = program is null ? null : await HaproxyInstance.StartAsync(text, program);
        var bed = new ReconcilingBed(real is null ? new MemoryHaproxy(text) : null, real, real?.Expand(text) ?? text, ports);
        await bed.StartWebhookAsync();
        return bed;
    }

    internal string StatePath => _state.Path;

    internal RuntimeClient Runtime => new(RuntimeEndpoint.Parse(StatsSocket));

    internal string Text => File.ReadAllText(ConfigPath);

    /// <summary>The mapping's backend on one of the ports.</summary>
    internal string BackendOf(int port) => MappingNames.Backend($"map-{_ports[port]}", _ports[port]);

    /// <summary>A template run, after which nobody is promised anything, as what was promised is lost.</summary>
    internal void DropWithModel()
    {
        _model.Mappings.Clear();
        Write(_operators);
    }

    /// <summary>Restarts the webhook, and does something while it is away.</summary>
    internal async Task RestartWebhookAsync(Action meanwhile)
    {
        await StopWebhookAsync();
        meanwhile();
        await StartWebhookAsync();
    }

    internal async Task TakeAsync(ReconcilingStep step)
    {
        switch (step)
        {
            case ReconcilingStep.Add add:
                await AddAsync([Command(MappingAction.Add, add.Port, add.Owner, add.Node, add.Address)]);
                break;
            case ReconcilingStep.AddTogether together:
                await AddAsync([.. _ports.Select((_, port) => Command(MappingAction.Add, port, together.Owner, together.Node, together.Address))]);
                break;
            case ReconcilingStep.Goodbye goodbye:
                await GoodbyeAsync(Command(MappingAction.Delete, goodbye.Port, goodbye.Owner, goodbye.Node, address: 0));
                break;
            case ReconcilingStep.Lapse lapse:
                await LapseAsync(_ports[lapse.Port], NodeName(lapse.Node));
                break;
            case ReconcilingStep.RestartWebhook:
                await StopWebhookAsync();
                await StartWebhookAsync();
                break;
            case ReconcilingStep.RestartHaproxy when !IsBroken:
                await RestartHaproxyAsync();
                break;
            case ReconcilingStep.EditInside edit:
                EditInside(_ports[edit.Port]);
                break;
            case ReconcilingStep.EditOutside:
                EditOutside();
                break;
            case ReconcilingStep.DropAll:
                Write(_operators);
                break;
            case ReconcilingStep.Break when !IsBroken:
                Write(Fault + File.ReadAllText(ConfigPath));
                break;
            case ReconcilingStep.Mend:
                Mend();
                break;
            case ReconcilingStep.Maintain:
                await Reconciler.RepairAsync(CancellationToken.None);
                break;
        }
    }

    /// <summary>After a mended file and one look: file, what HAProxy serves, and what the webhook says are all what the model says.</summary>
    internal async Task CompareAsync()
    {
        Mend();
        Assert.IsType<MappingOutcome.Served>(await Reconciler.RepairAsync(CancellationToken.None));
        var text = await File.ReadAllTextAsync(ConfigPath);
        var expected = Told(_model.Mappings.Select(pair => (pair.Key, pair.Value.Owner, pair.Value.Nodes.Values.AsEnumerable())));

        var written = MappingSections.Read(ConfigDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Told(written.Select(mapping => (mapping.FrontendPort, mapping.Owner, mapping.Nodes.Select(node => node.Address)))));
        Assert.Equal(expected, Told(Reconciler.Mappings.Select(mapping => (mapping.FrontendPort, mapping.Owner, mapping.Nodes.Select(node => node.Address)))));
        Assert.StartsWith(_operators, text);
        await CompareServedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopWebhookAsync();
        if (_memory is not null)
            await _memory.DisposeAsync();
        if (_real is not null)
            await _real.DisposeAsync();
        _state.Dispose();
    }

    private static List<string> Told(IEnumerable<(int Port, string Owner, IEnumerable<IPAddress> Nodes)> mappings) =>
    [
        .. mappings.Where(mapping => mapping.Nodes.Any())
            .Select(mapping => $"{mapping.Port} {mapping.Owner} {string.Join(' ', mapping.Nodes.Select(node => $"{node}").Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal),
    ];

    private static string? NodeName(int node) => node == 0 ? null : $"worker-{node}";

    private async Task CompareServedAsync()
    {
        var runtime = Runtime;
        var rows = await runtime.ShowStatAsync(cancellationToken: CancellationToken.None);
        var servers = await runtime.ShowServersStateAsync(cancellationToken: CancellationToken.None);
        foreach (var port in _ports)
        {
            var (frontend, backend) = (MappingNames.Frontend($"map-{port}", port), MappingNames.Backend($"map-{port}", port));
            var isOpen = rows.Any(row => row.Proxy == frontend && row.Kind == StatKind.Frontend && row.Status == "OPEN");
            var served = servers.Where(server => server.Backend == backend && (server.Admin & OutOfService) == ServerAdminStates.None).Select(server => server.AddressText).Order(StringComparer.Ordinal);
            var wanted = _model.Mappings.TryGetValue(port, out var mapping) ? mapping.Nodes.Values.Select(node => $"{node}").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
            Assert.Equal(wanted, served);
            Assert.Equal(mapping.Nodes is not null, isOpen);
        }
    }

    private async Task AddAsync(MappingCommand[] commands)
    {
        var outcomes = await Task.WhenAll(commands.Select(command => Reconciler.SubmitAsync(command, CancellationToken.None)));
        foreach (var (command, outcome) in commands.Zip(outcomes))
        {
            var expected = _model.ChangeOf(command);
            if (expected is null)
                Assert.IsType<MappingOutcome.Conflict>(outcome);
            else if (!IsRefusedForTheFile(outcome))
                Assert.Equal(expected, Assert.IsType<MappingOutcome.Served>(outcome).Change);
            if (outcome is MappingOutcome.Served)
                _model.Add(command);
        }
    }

    private async Task GoodbyeAsync(MappingCommand command)
    {
        var expected = _model.ChangeOfGoodbye(command);
        var outcome = await Reconciler.SubmitAsync(command, CancellationToken.None);
        if (expected is null)
            Assert.IsType<MappingOutcome.Conflict>(outcome);
        else if (!IsRefusedForTheFile(outcome))
            Assert.Equal(expected, Assert.IsType<MappingOutcome.Served>(outcome).Change);
        if (outcome is MappingOutcome.Served)
            _model.Remove(command.FrontendPort, command.Node, isWhole: command.Node is null);
    }

    private async Task LapseAsync(int port, string? node)
    {
        var store = _host!.Services.GetRequiredService<MappingStore>();
        long? lastCall;
        using (await store.LockAsync(CancellationToken.None))
            lastCall = store.ReadCalls()(port, node);
        var outcome = await Reconciler.SubmitAsync(new MappingIntent.Lapse(port, node, lastCall, Silence: TimeSpan.FromHours(1)), CancellationToken.None);
        if (outcome is MappingOutcome.Served)
            _model.Remove(port, node, isWhole: false);
        else
            Assert.True(IsRefusedForTheFile(outcome), $"{outcome}");
    }

    /// <summary>Where the operator's own line is refused, nobody is promised anything; who is told so is held to have changed nothing.</summary>
    private bool IsRefusedForTheFile(MappingOutcome outcome) => outcome is MappingOutcome.OperatorConfigurationInvalid && IsBroken;

    private void EditInside(int port)
    {
        var text = File.ReadAllText(ConfigPath);
        var at = text.IndexOf($"backend {MappingNames.Backend($"map-{port}", port)}", StringComparison.Ordinal);
        var address = at < 0 ? -1 : text.IndexOf(" 127.0.0.", at, StringComparison.Ordinal);
        if (address >= 0)
            Write(text[..address] + $" {HandWritten}" + text[text.IndexOf(':', address)..]);
    }

    private void EditOutside()
    {
        var text = File.ReadAllText(ConfigPath);
        var added = $"# by hand {_operators.Length}\nbackend own{_operators.Length}\n";
        var at = text.IndexOf(_operators, StringComparison.Ordinal) + _operators.Length;
        Write(text.Insert(at, added));
        _operators += added;
    }

    private void Mend()
    {
        if (IsBroken)
            Write(File.ReadAllText(ConfigPath).Replace(Fault, "", StringComparison.Ordinal));
    }

    /// <summary>As an editor does: another file under the same name.</summary>
    internal void Write(string text)
    {
        var copy = ConfigPath + ".edited~";
        File.WriteAllText(copy, text);
        File.Move(copy, ConfigPath, overwrite: true);
    }

    private async Task RestartHaproxyAsync()
    {
        if (_real is null)
            _memory!.Restart();
        else
            await _real.RestartAsync();
    }

    private MappingCommand Command(MappingAction action, int port, int owner, int node, int address) => new()
    {
        Action = action,
        Name = $"map-{_ports[port]}",
        FrontendPort = _ports[port],
        NodePort = 30_443,
        Address = IPAddress.Parse($"127.0.0.{address + 2}"),
        Node = NodeName(node),
        Owner = $"team-{owner}",
    };

    private async Task StartWebhookAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (_memory is not null)
        {
            builder.Services.AddSingleton<IConfigChecker>(_memory);
            builder.Services.AddSingleton<IReloader>(_memory);
        }

        builder.Services.AddHaproxyKit(options =>
        {
            options.ConfigFile = ConfigPath;
            options.StatsSocket = StatsSocket;
            options.DriftInterval = TimeSpan.Zero;
            options.ReloadInterval = TimeSpan.Zero;
            if (_real is not null)
                (options.Executable, options.MasterSocket, options.PidFile) = (_real.Program, _real.MasterSocket, _real.PidFile);
        });
        builder.Services.AddPhoneHome(options =>
        {
            options.StateFolder = _state.Path;
            options.MaintenanceInterval = TimeSpan.FromMinutes(10);
        });
        builder.Services.Configure<MappingSectionOptions>(options => options.BindAddress = "127.0.0.1");
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task StopWebhookAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }
}
