using System.Net;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>A call that changes nothing is answered from memory only while that is the truth.</summary>
public sealed class ServedMappingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _time = new();
    private readonly string _path;
    private readonly ServedMappings _served;
    private readonly ConfigFile _file;
    private DriftReport? _report;

    public ServedMappingsTests()
    {
        _path = _folder.Write("haproxy.cfg", "frontend f\n  bind :80\n");
        var options = Options.Create(new PhoneHomeOptions { StateFolder = _folder.Path, MaintenanceInterval = TimeSpan.FromSeconds(10) });
        _file = new ConfigFile(_path);
        _served = new ServedMappings(new MappingFile(_file), new SettingsArbiter(NullLogger<SettingsArbiter>.Instance), options, _time, () => _report);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_of_what_is_served_answers_always_the_same()
    {
        var revision = await ConfirmAsync();
        var served = _served.Find(Call())!;
        Assert.Equal((MappingChange.Unchanged, revision, Environment.ProcessId, false), (served.Change, served.Revision, served.WorkerPid!.Value, served.Reloaded));
        Assert.Same(served, _served.Find(Call()));
    }

    [Fact]
    public async Task Find_of_what_would_change_something_answers_nothing()
    {
        await ConfirmAsync();
        Assert.NotNull(_served.Find(Call()));
        Assert.Null(_served.Find(Call(command => command with { Address = IPAddress.Parse("192.0.2.9") })));
        Assert.Null(_served.Find(Call(command => command with { NodePort = 1 })));
        Assert.Null(_served.Find(Call(command => command with { Node = "w2" })));
        Assert.Null(_served.Find(Call(command => command with { Instance = "new" })));
        Assert.Null(_served.Find(Call(command => command with { Owner = "other" })));
        Assert.Null(_served.Find(Call(command => command with { Name = "other" })));
        Assert.Null(_served.Find(Call(command => command with { Lease = TimeSpan.FromSeconds(61) })));
        Assert.Null(_served.Find(Call(command => command with { SendProxy = ProxyProtocol.V2 })));
        Assert.Null(_served.Find(Call(command => command with { FrontendPort = 444 })));
        Assert.Null(_served.Find(Call(command => command with { Action = MappingAction.Delete })));
    }

    [Fact]
    public async Task Find_after_the_file_was_written_answers_nothing_until_it_is_confirmed_again()
    {
        await ConfirmAsync();
        await File.AppendAllTextAsync(_path, "# by hand\n");
        _time.Step(ServedMappings.LookPause);
        Assert.Null(_served.Find(Call()));
        await ConfirmAsync();
        Assert.NotNull(_served.Find(Call()));
        File.Delete(_path);
        _time.Step(ServedMappings.LookPause);
        Assert.Null(_served.Find(Call()));
    }

    [Fact]
    public async Task Find_after_two_looks_of_maintenance_did_not_come_answers_nothing()
    {
        await ConfirmAsync();
        _time.Step(TimeSpan.FromSeconds(20));
        Assert.NotNull(_served.Find(Call()));
        _time.Step(TimeSpan.FromTicks(1));
        Assert.Null(_served.Find(Call()));
    }

    [Fact]
    public async Task Find_after_a_look_that_found_drift_or_another_worker_or_revision_answers_nothing()
    {
        var revision = await ConfirmAsync();
        _report = Report(revision, Environment.ProcessId);
        Assert.NotNull(_served.Find(Call()));
        _report = Report(revision, Environment.ProcessId + 1);
        Assert.Null(_served.Find(Call()));
        _report = Report("other", Environment.ProcessId);
        Assert.Null(_served.Find(Call()));
        _report = Report(revision, null);
        Assert.Null(_served.Find(Call()));
        _report = Report(revision, Environment.ProcessId) with
        {
            Items = [new DriftItem { Kind = DriftKind.ServerAddress, What = "w/w1", FileSays = "a", HaproxySays = "b", Since = _time.GetUtcNow() }],
        };
        Assert.Null(_served.Find(Call()));

        // The next deployment has looked since.
        await ConfirmAsync();
        Assert.NotNull(_served.Find(Call()));
    }

    [Theory]
    [InlineData(DeploymentOutcome.Unreachable)]
    [InlineData(DeploymentOutcome.RolledBack)]
    public async Task Find_after_a_deployment_that_HAProxy_did_not_follow_answers_nothing(DeploymentOutcome outcome)
    {
        await ConfirmAsync();
        await ConfirmAsync(outcome);
        Assert.Null(_served.Find(Call()));
    }

    [Fact]
    public async Task Find_where_another_revision_stands_in_the_file_than_was_deployed_answers_nothing()
    {
        await ConfirmAsync(revision: "other");
        Assert.Null(_served.Find(Call()));
    }

    [Fact]
    public async Task MappingFile_is_parsed_once_a_revision()
    {
        var file = new MappingFile(new ConfigFile(_path));
        var first = await file.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Same(first, await file.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Same(first.Listeners, first.Listeners);
        Assert.NotNull(first.Listeners.Find(80));
        Assert.Null(first.Listeners.Find(81));
        await File.AppendAllTextAsync(_path, "  bind :100-200\n");
        Assert.NotNull((await file.ReadAsync(TestContext.Current.CancellationToken)).Listeners.Find(150));
        Assert.Equal(2, file.Parses);
    }

    private async Task<string> ConfirmAsync(DeploymentOutcome outcome = DeploymentOutcome.Unchanged, string? revision = null)
    {
        // Just written, it might be written again without its status showing it.
        await Eventually.TrueAsync(async () => _file.IsStill(await _file.ReadAsync()), "the file's status tells whether it is written");
        var hash = revision ?? ConfigRevision.HashOf(await File.ReadAllBytesAsync(_path));
        var result = new DeploymentResult { Outcome = outcome, Revision = hash, WorkerPid = Environment.ProcessId };
        await _served.ConfirmAsync(DesiredMappings.Of([Mapping()]), result, _served.LastLook, TestContext.Current.CancellationToken);
        return hash;
    }

    private DriftReport Report(string revision, int? workerPid) => new() { CheckedAt = _time.GetUtcNow(), Revision = revision, WorkerPid = workerPid };

    private static Mapping Mapping() => new()
    {
        Name = "web",
        FrontendPort = 443,
        Owner = "team",
        Lease = TimeSpan.FromSeconds(60),
        Nodes = [new MappingNode { Node = "w1", Address = IPAddress.Parse("192.0.2.1"), Port = 30443, Instances = ["a"] }],
    };

    private static MappingIntent.Call Call(Func<MappingCommand, MappingCommand>? change = null)
    {
        var command = new MappingCommand
        {
            Action = MappingAction.Add,
            Name = "web",
            FrontendPort = 443,
            NodePort = 30443,
            Address = IPAddress.Parse("192.0.2.1"),
            Node = "w1",
            Instance = "a",
            Lease = TimeSpan.FromSeconds(60),
            Owner = "team",
        };
        return new MappingIntent.Call(change is null ? command : change(command));
    }
}
