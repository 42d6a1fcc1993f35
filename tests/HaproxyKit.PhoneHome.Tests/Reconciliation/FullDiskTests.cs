using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>The state folder stands on a disk that is full: what callers are told is true all the same.</summary>
public sealed class FullDiskTests
{
    private const ServerAdminStates Out = ServerAdminStates.AnyMaintenance | ServerAdminStates.AnyDrain;

    [Fact]
    public async Task New_port_is_served_and_told_so_where_the_journal_has_room_and_the_copy_of_the_file_has_none()
    {
        using var disk = SmallDisk.Mount();
        await using var host = await StartAsync(disk);
        var (known, port) = (Ports.Take(), Ports.Take());
        await AddAsync(host, known, node: 2);
        await FillAsync(disk, host);

        var outcome = await host.Reconciler.SubmitAsync(Command(MappingAction.Add, port, node: 2), CancellationToken.None);

        Assert.Equal(MappingChange.Created, Assert.IsType<MappingOutcome.Served>(outcome).Change);
        Assert.True(host.IsWanted(port));
        Assert.Equal(["n1"], await InServiceAsync(host, port));
        Assert.Equal(MappingChange.Unchanged, await AddAsync(host, port, node: 2));
        await AssertToldAsync(host, disk);
        Assert.Equal(["n1"], await InServiceAsync(host, port));
    }

    [Fact]
    public async Task Goodbye_is_done_and_told_so_and_whoever_has_the_server_next_is_served()
    {
        using var disk = SmallDisk.Mount();
        await using var host = await StartAsync(disk);
        var port = Ports.Take();
        await AddAsync(host, port, node: 2);
        await AddAsync(host, port, node: 3);
        await FillAsync(disk, host);

        var outcome = await host.Reconciler.SubmitAsync(Command(MappingAction.Delete, port, node: 2), CancellationToken.None);

        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(outcome).Change);
        Assert.Equal(["n2"], await InServiceAsync(host, port));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Equal(["n2"], await InServiceAsync(host, port));
        Assert.DoesNotContain("node=worker-2", host.File, StringComparison.Ordinal);
        Assert.Equal(MappingChange.Changed, await AddAsync(host, port, node: 2));
        Assert.Equal(2, (await InServiceAsync(host, port)).Count);
        await AssertToldAsync(host, disk);
    }

    /// <summary>The journal has the rest of its last page; at some call it has no more.</summary>
    [Fact]
    public async Task Call_that_the_journal_has_no_room_for_changes_nothing_and_is_told_so()
    {
        using var disk = SmallDisk.Mount();
        await using var host = await StartAsync(disk);
        var port = Ports.Take();
        await AddAsync(host, port, node: 2);
        await FillAsync(disk, host);
        var (count, served, text) = (0, await StateAsync(host), host.File);

        MappingOutcome outcome;
        while ((outcome = await host.Reconciler.SubmitAsync(Command(MappingAction.Add, port, node: 2, address: $"127.0.1.{++count}"), CancellationToken.None)) is MappingOutcome.Served && count < 100)
        {
            (served, text) = (await StateAsync(host), host.File);
            Assert.Contains($" 127.0.1.{count}:", text, StringComparison.Ordinal);
        }

        Assert.Contains("space", Assert.IsType<MappingOutcome.ConfigurationUnavailable>(outcome).Message, StringComparison.OrdinalIgnoreCase);
        await AssertUntouchedAsync(host, served, text);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        using (await host.LockAsync())
        {
            // That pass wrote nothing, and the disk is no less full for it.
            Assert.Contains("space", host.Reconciler.Obstacle, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(host.Reconciler.Mappings, mapping => mapping.FrontendPort == port && $"{mapping.Nodes[0].Address}" == $"127.0.1.{count - 1}");

        disk.Empty();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => host.Reconciler.Obstacle is null, "nothing is told to be in the way");
        await AssertUntouchedAsync(host, served, text);
        Assert.Equal(MappingChange.Moved, Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(
            Command(MappingAction.Add, port, node: 2, address: $"127.0.1.{count}"), CancellationToken.None)).Change);
    }

    [Theory]
    [InlineData(MappingAction.Add)]
    [InlineData(MappingAction.Delete)]
    public async Task Call_changes_nothing_where_nothing_can_be_written(MappingAction action)
    {
        using var disk = SmallDisk.Mount();
        await using var host = await StartAsync(disk);
        var (known, port) = (Ports.Take(), Ports.Take());
        await AddAsync(host, known, node: 2);
        await AddAsync(host, known, node: 3);
        var (served, text) = (await StateAsync(host), host.File);
        disk.Remount("ro");

        var outcome = await host.Reconciler.SubmitAsync(Command(action, action == MappingAction.Add ? port : known, node: 2), CancellationToken.None);

        Assert.IsType<MappingOutcome.ConfigurationUnavailable>(outcome);
        await AssertUntouchedAsync(host, served, text);
        Assert.False(host.IsWanted(port));
        Assert.Equal(MappingChange.Unchanged, await AddAsync(host, known, node: 2));

        disk.Remount("rw");
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(Command(action, action == MappingAction.Add ? port : known, node: 2), CancellationToken.None));
    }

    /// <summary>The journal has room for the wish and none for taking it back: then it is cut off.</summary>
    [Fact]
    public async Task Refused_call_is_wanted_no_more_though_the_journal_takes_no_further_line()
    {
        const int Page = 4096;

        // Fewer bytes than the lines have that take a wish back.
        const int TakenBack = 40;
        using var disk = SmallDisk.Mount();
        await using var host = await StartAsync(disk);
        await AddAsync(host, Ports.Take(), node: 2);
        await FillAsync(disk, host);
        var port = Ports.Take();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        var journal = new FileInfo(Path.Combine(disk.Path, MappingJournal.FileName));

        // Shorter and shorter, until the wish just fits.
        var before = LengthOf(journal);
        var name = new string('n', Page);
        MappingOutcome outcome;
        do
        {
            name = name[..^TakenBack];
            outcome = await host.Reconciler.SubmitAsync(Command(MappingAction.Add, port, node: 2) with { Node = name }, CancellationToken.None);
            Assert.False(host.IsWanted(port), $"{outcome}");
            Assert.Equal(before, LengthOf(journal));
        }
        while (name.Length > TakenBack && outcome is MappingOutcome.ConfigurationUnavailable);

        Assert.IsType<MappingOutcome.Conflict>(outcome);
        Assert.Null(new MappingJournal(StateFolder.Open(disk.Path), TimeProvider.System).Load().Mappings[port]);
        disk.Empty();
        other.Stop();
        Assert.Equal(MappingChange.Created, await AddAsync(host, port, node: 2));
    }

    /// <summary>The call changes sections that somebody has edited: that they are no longer so does not fit behind it.</summary>
    [Fact]
    public async Task Call_for_an_edited_section_is_served_though_the_journal_cannot_forget_the_edit()
    {
        const int Page = 4096;

        // Fewer bytes than the lines have that say so.
        const int Forgotten = 40;
        using var disk = SmallDisk.Mount();
        await using var host = await ReconcilerHost.StartAsync(configure: options => (options.StateFolder, options.HandEdits) = (disk.Path, HandEdits.Respect));
        var port = Ports.Take();
        await AddAsync(host, port, node: 2);
        var text = host.File;
        var backend = text.IndexOf("backend phonehome_", StringComparison.Ordinal);
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, text[..backend] + text[backend..].Replace("timeout connect 5s", "timeout connect 7s", StringComparison.Ordinal));
        await host.Haproxy.ReloadAsync();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Contains("timeout connect 7s", host.File, StringComparison.Ordinal);
        await FillAsync(disk, host);
        await AddAsync(host, Ports.Take(), node: 2);

        // The copy that is dropped leaves a page.
        await Eventually.TrueAsync(() => !File.Exists(Path.Combine(disk.Path, "last-good")), "the copy of before is dropped");
        disk.Fill(freePages: 0);

        var name = new string('n', Page);
        MappingOutcome outcome;
        do
        {
            name = name[..^Forgotten];
            outcome = await host.Reconciler.SubmitAsync(Command(MappingAction.Add, port, node: 3) with { Node = name }, CancellationToken.None);
        }
        while (name.Length > Forgotten && outcome is MappingOutcome.ConfigurationUnavailable);

        Assert.IsType<MappingOutcome.Served>(outcome);
        Assert.DoesNotContain("timeout connect 7s", host.File, StringComparison.Ordinal);
        Assert.Contains(host.Alarms.Current, alarm => alarm.Key == MappingStore.EditedAlarm);
        Assert.Equal([port], new MappingJournal(StateFolder.Open(disk.Path), TimeProvider.System).Load().Edited);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));

        disk.Empty();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => host.Alarms.Current.Count == 0, "nothing is told any more");
        Assert.Empty(new MappingJournal(StateFolder.Open(disk.Path), TimeProvider.System).Load().Edited);
    }

    /// <summary>Leaves no room. The copy of what is served last is written after the answer, and frees the pages of the one before.</summary>
    private static async Task FillAsync(SmallDisk disk, ReconcilerHost host)
    {
        var copy = Path.Combine(disk.Path, "last-good");
        await Eventually.TrueAsync(() => File.Exists(copy) && File.ReadAllText(copy) == host.File, "the copy is of what is served");
        disk.Fill(freePages: 0);
    }

    private static long LengthOf(FileInfo file)
    {
        file.Refresh();
        return file.Length;
    }

    private static Task<ReconcilerHost> StartAsync(SmallDisk disk) => ReconcilerHost.StartAsync(configure: options => options.StateFolder = disk.Path);

    private static MappingCommand Command(MappingAction action, int port, int node, string? address = null) =>
        ReconcilerHost.Command(action, port, address ?? $"127.0.0.{node}") with { Node = $"worker-{node}" };

    private static async Task<MappingChange> AddAsync(ReconcilerHost host, int port, int node) =>
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(Command(MappingAction.Add, port, node), CancellationToken.None)).Change;

    private static async Task<string> StateAsync(ReconcilerHost host)
    {
        var runtime = host.Services.GetRequiredService<RuntimeClient>();
        var servers = await runtime.ShowServersStateAsync(cancellationToken: CancellationToken.None);
        var info = await runtime.ShowInfoAsync(CancellationToken.None);
        return $"{info.Pid}\n" + string.Join('\n', servers.Select(server => $"{server.Backend}/{server.Name} {server.AddressText} {server.Admin}"));
    }

    private static async Task<IReadOnlyList<string>> InServiceAsync(ReconcilerHost host, int port)
    {
        var servers = await host.Services.GetRequiredService<RuntimeClient>().ShowServersStateAsync(cancellationToken: CancellationToken.None);
        return [.. servers.Where(server => server.Backend == MappingNames.Backend($"map-{port}", port) && (server.Admin & Out) == ServerAdminStates.None).Select(server => server.Name)];
    }

    private static async Task AssertUntouchedAsync(ReconcilerHost host, string served, string text)
    {
        Assert.Equal(text, host.File);
        Assert.Equal(served, await StateAsync(host));
    }

    /// <summary>People are told, nothing old is taken for what is served, and with room it is made good.</summary>
    private static async Task AssertToldAsync(ReconcilerHost host, SmallDisk disk)
    {
        var copy = Path.Combine(disk.Path, "last-good");
        await Eventually.TrueAsync(() => IsTold(host) && !File.Exists(copy), "it is told, and there is no copy of before");

        disk.Empty();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        await Eventually.TrueAsync(() => !IsTold(host), "it is told no more");
        Assert.Equal(host.File, await File.ReadAllTextAsync(copy));
    }

    private static bool IsTold(ReconcilerHost host) => host.Alarms.Current.Any(alarm => alarm.Diagnostic.Id == DiagnosticIds.StateNotWritten);
}
