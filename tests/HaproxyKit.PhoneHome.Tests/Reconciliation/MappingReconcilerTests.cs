using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Drift;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>The reconciler before a real HAProxy.</summary>
public sealed class MappingReconcilerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Plan_of_a_goodbye_closes_the_frontend_and_that_of_the_next_call_opens_it_without_a_reload()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        var before = host.File;

        var goodbye = await host.Reconciler.PlanAsync(ReconcilerHost.Command(MappingAction.Delete, port), CancellationToken.None);
        Assert.Contains(goodbye.Steps, step => step.Contains("close", StringComparison.Ordinal) && step.Contains($"phonehome_{port}", StringComparison.Ordinal));
        Assert.Equal((before, "OPEN"), (host.File, await StatusAsync(host, port)));

        Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(port));
        Assert.Equal("PAUSED", await StatusAsync(host, port));
        var call = await host.Reconciler.PlanAsync(ReconcilerHost.Command(MappingAction.Add, port), CancellationToken.None);
        Assert.False(call.NeedsReload);
        Assert.Contains(call.Steps, step => step.Contains("open", StringComparison.Ordinal) && step.Contains($"phonehome_{port}", StringComparison.Ordinal));
        Assert.Equal("PAUSED", await StatusAsync(host, port));
    }

    [Fact]
    public async Task SubmitAsync_of_a_thousand_calls_that_change_nothing_begins_no_pass_and_asks_HAProxy_nothing()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        var created = Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        Assert.Equal(MappingChange.Created, created.Change);
        var parses = host.Services.GetRequiredService<MappingFile>().Parses;
        var written = System.IO.File.GetLastWriteTimeUtc(host.Haproxy.ConfigPath);

        // Whatever reads or writes files, or sends a command, does so in a pass, and no pass begins without this lock.
        using (await host.LockAsync())
        {
            for (var call = 0; call < 1_000; call++)
            {
                var answer = host.AddAsync(port);
                Assert.True(answer.IsCompletedSuccessfully, $"call {call} waits");
                var served = Assert.IsType<MappingOutcome.Served>(await answer);
                Assert.Equal((MappingChange.Unchanged, created.WorkerPid, created.Revision), (served.Change, served.WorkerPid, served.Revision));
            }

            Assert.Equal(written, System.IO.File.GetLastWriteTimeUtc(host.Haproxy.ConfigPath));
            Assert.Equal(parses, host.Services.GetRequiredService<MappingFile>().Parses);
            Assert.True(host.Services.GetRequiredService<MappingStore>().HasNewCalls);
        }
    }

    [Fact]
    public async Task SubmitAsync_of_a_call_that_changes_nothing_behind_a_goodbye_waits_for_it()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        Task<MappingOutcome> goodbye, again;
        using (await host.LockAsync())
        {
            goodbye = host.DeleteAsync(port);
            again = host.AddAsync(port);
            Assert.False(again.IsCompleted);
        }

        Assert.IsType<MappingOutcome.Served>(await goodbye.WaitAsync(Patience));
        Assert.IsType<MappingOutcome.Served>(await again.WaitAsync(Patience));
        Assert.Contains($"phonehome_{port}", host.File);
    }

    [Fact]
    public async Task SubmitAsync_where_HAProxy_has_ended_is_not_answered_from_memory()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        await host.Haproxy.StopAsync();
        // File and process are looked at every few milliseconds, however many calls come.
        await Eventually.TrueAsync(async () => await host.AddAsync(port) is MappingOutcome.Unreachable, "the answer is the truth");
        await host.Haproxy.RestartAsync();
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
    }

    [Fact]
    public async Task SubmitAsync_after_a_look_that_found_an_address_set_by_hand_sets_it_back()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        var server = $"phonehome_{port}_map-{port}_nodes/n1";
        await host.Haproxy.AskAsync($"set server {server} addr 127.0.0.3 port 9");
        await host.Services.GetRequiredService<DriftMonitor>().LookAsync(TestContext.Current.CancellationToken);

        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        Assert.Contains(" 127.0.0.2 ", await host.Haproxy.AskAsync($"show servers state phonehome_{port}_map-{port}_nodes"));
    }

    /// <summary>Rule 19: nobody learns of another caller's port why it was refused.</summary>
    [Fact]
    public async Task SubmitAsync_of_calls_that_are_refused_together_tells_each_its_own_reason()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (ports, good) = (new[] { Ports.Take(), Ports.Take(), Ports.Take() }, Ports.Take());
        var others = ports.Select(port => new TcpListener(IPAddress.Loopback, port)).ToList();
        others.ForEach(listener => listener.Start());
        List<Task<MappingOutcome>> calls;
        using (await host.LockAsync())
        {
            calls = [.. ports.Append(good).Select(port => host.Reconciler.SubmitAsync(
                ReconcilerHost.Command(MappingAction.Add, port) with { Owner = $"team-{port}" }, CancellationToken.None))];
        }

        var outcomes = await Task.WhenAll(calls).WaitAsync(Patience);
        others.ForEach(listener => listener.Stop());
        Assert.IsType<MappingOutcome.Served>(outcomes[^1]);
        foreach (var (port, outcome) in ports.Zip(outcomes))
        {
            var conflict = Assert.IsType<MappingOutcome.Conflict>(outcome);
            Assert.Contains($"{port}", conflict.Message, StringComparison.Ordinal);
            Assert.All(ports.Where(other => other != port), other => Assert.DoesNotContain($"{other}", conflict.Message, StringComparison.Ordinal));
        }
    }

    /// <summary>Calls for more new ports than HAProxy has descriptors for are not refused one after the other.</summary>
    [Fact]
    public async Task SubmitAsync_of_more_new_ports_than_there_are_descriptors_for_serves_those_that_have_room()
    {
        const int Calls = 12;
        await using var host = await ReconcilerHost.StartAsync();
        var sockets = await host.Haproxy.MaxSockAsync();

        // The frontend's own, one for each of eight servers, and one for the word "port".
        await host.Haproxy.LimitFilesAsync(sockets + (10 * 5) + 4);
        Task<MappingOutcome>[] calls;
        using (await host.LockAsync())
        {
            calls = [.. Enumerable.Range(0, Calls).Select(_ => host.AddAsync(Ports.Take()))];
        }

        var outcomes = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(5, outcomes.Count(outcome => outcome is MappingOutcome.Served { Change: MappingChange.Created }));
        Assert.All(outcomes.Where(outcome => outcome is not MappingOutcome.Served), outcome =>
            Assert.Contains(Assert.IsType<MappingOutcome.Refused>(outcome).Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.TooManyDescriptors));
        Assert.Equal(sockets + (10 * 5), await host.Haproxy.MaxSockAsync());
        Assert.Contains("7 calls refused", Assert.Single(host.Log.Lines, line => line.Contains("calls refused", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_parses_no_revision_that_it_wrote_itself()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (one, two) = (Ports.Take(), Ports.Take());
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(one));
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(one, "127.0.0.3"));
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(two));
        Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(one));
        Assert.Equal(1, host.Services.GetRequiredService<MappingFile>().Parses);
    }

    [Fact]
    public async Task Deletion_that_was_stored_before_a_crash_and_not_deployed_does_not_come_back()
    {
        await using var host = await ReconcilerHost.StartAsync(isStarted: false);
        var port = Ports.Take();
        var store = host.Services.GetRequiredService<MappingStore>();
        var mapping = DesiredMappings.Empty.Decide(new MappingIntent.Call(ReconcilerHost.Command(MappingAction.Add, port)), TimeSpan.FromHours(1)).Mappings;
        store.Save(mapping);
        await host.Services.GetRequiredService<MappingDeployment>().DeployAsync(DesiredMappings.Empty, mapping, TestContext.Current.CancellationToken);
        Assert.Contains($"phonehome_{port}", host.File);
        store.Save(DesiredMappings.Empty);

        await host.Reconciler.StartAsync(CancellationToken.None);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.DoesNotContain($"phonehome_{port}", host.File);
        Assert.Empty(host.Reconciler.Mappings);
    }

    /// <summary>The short form; the long one, with a thousand, runs where the environment multiplies the cases of laws.</summary>
    [Fact]
    public async Task SubmitAsync_of_many_new_ports_at_once_serves_every_one_with_three_reloads_at_most()
    {
        var isLong = int.TryParse(Environment.GetEnvironmentVariable("HAPROXYKIT_LAW_FACTOR"), out var factor) && factor > 1;
        await using var host = await ReconcilerHost.StartAsync();
        var ports = Enumerable.Range(0, isLong ? 1_000 : 200).Select(_ => Ports.Take()).ToArray();
        var reloads = await host.Haproxy.CountReloadsAsync();

        var answers = await Task.WhenAll(ports.Select(port => Task.Run(() => host.AddAsync(port)))).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.All(answers, answer => Assert.Equal(MappingChange.Created, Assert.IsType<MappingOutcome.Served>(answer).Change));
        Assert.InRange(await host.Haproxy.CountReloadsAsync() - reloads, 1, 3);
        var open = (await host.Haproxy.AskAsync("show stat"))!.Split('\n').Where(line => line.Contains(",FRONTEND,") && line.Contains(",OPEN,")).ToList();
        Assert.All(ports, port => Assert.Contains(open, line => line.StartsWith($"phonehome_{port}_", StringComparison.Ordinal)));
    }

    /// <summary>A mapping that has lost its last node waits, closed, for the next call; nobody keeps it there for ever.</summary>
    [Fact]
    public async Task Closed_mapping_goes_with_another_ones_reload_and_after_its_time()
    {
        await using var host = await ReconcilerHost.StartAsync(
            isMaintained: true, configure: options => (options.MaintenanceInterval, options.ClosedFor) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)));
        var (one, two) = (Ports.Take(), Ports.Take());
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(one));
        Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(one));
        Assert.Contains($"mapping map-{one}:{one} owner=team lease=1h closed", host.File);
        Assert.True(Assert.IsType<MappingOutcome.Served>(await host.AddAsync(two)).Reloaded);
        Assert.DoesNotContain($"phonehome_{one}", host.File);

        Assert.False(Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(two)).Reloaded);
        await Eventually.TrueAsync(() => !host.File.Contains("phonehome_"), "what is closed for long is taken out");
        await Eventually.TrueAsync(async () => await host.Haproxy.AskAsync("show stat") is { } stat && !stat.Contains("phonehome_"), "HAProxy has it no more");
    }

    /// <summary>The law of drift: what is closed and meant to be is none, and what is open and meant to be closed is some.</summary>
    [Fact]
    public async Task Closed_mapping_is_no_drift_until_somebody_opens_it_and_the_next_pass_closes_it()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (one, two) = (Ports.Take(), Ports.Take());
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(two));
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(one));
        Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(one));
        var drift = host.Services.GetRequiredService<DriftMonitor>();
        Assert.Empty((await drift.LookAsync(TestContext.Current.CancellationToken)).Items);

        await host.Haproxy.AskAsync($"enable frontend phonehome_{one}_map-{one}");
        Assert.Equal(DriftKind.FrontendOpen, Assert.Single((await drift.LookAsync(TestContext.Current.CancellationToken)).Items).Kind);

        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(two));
        Assert.Empty((await drift.LookAsync(TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task StopAsync_tells_those_who_wait_behind_another_process_and_those_who_come_later()
    {
        await using var host = await ReconcilerHost.StartAsync();
        Task<MappingOutcome>[] waiting;
        using (await host.LockAsync())
        {
            waiting = [host.AddAsync(Ports.Take()), host.AddAsync(Ports.Take())];
            await host.Reconciler.StopAsync(CancellationToken.None);
        }

        foreach (var answer in waiting.Append(host.AddAsync(Ports.Take())))
        {
            Assert.Contains("stopping", Assert.IsType<MappingOutcome.Unreachable>(await answer.WaitAsync(Patience)).Message);
        }
    }

    [Fact]
    public async Task SubmitAsync_where_the_queue_is_full_is_busy_and_what_waits_at_a_stop_before_the_start_is_told_so()
    {
        await using var host = await ReconcilerHost.StartAsync(isStarted: false, configure: options => options.QueueCapacity = 2);
        var waiting = new[] { host.AddAsync(Ports.Take()), host.AddAsync(Ports.Take()) };
        Assert.True(Assert.IsType<MappingOutcome.Busy>(await host.AddAsync(Ports.Take())).RetryAfter > TimeSpan.Zero);
        Assert.All(waiting, answer => Assert.False(answer.IsCompleted));

        using (await host.LockAsync())
        {
            await host.Reconciler.StartAsync(CancellationToken.None);
            await host.Reconciler.StopAsync(CancellationToken.None);
        }

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), answer => Assert.Contains("stopping", Assert.IsType<MappingOutcome.Unreachable>(answer).Message));
    }

    /// <summary>Rule 24: an expired certificate silences all, and nobody goes for it; who says goodbye goes.</summary>
    [Fact]
    public async Task Lapse_of_all_leases_takes_nobody_out_and_a_goodbye_goes_all_the_same()
    {
        await using var host = await ReconcilerHost.StartAsync(
            isMaintained: true, configure: options => (options.MaintenanceInterval, options.DefaultLease) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10)));
        var (one, two) = (Ports.Take(), Ports.Take());
        Assert.All(await Task.WhenAll(host.AddAsync(one), host.AddAsync(two)), answer => Assert.IsType<MappingOutcome.Served>(answer));

        await Eventually.TrueAsync(() => host.Alarms.Current.Any(alarm => alarm.Diagnostic.Id == DiagnosticIds.LeasesHeld), "the alarm stands", TimeSpan.FromSeconds(60));
        Assert.Contains($"phonehome_{one}", host.File);
        Assert.Contains($"phonehome_{two}", host.File);

        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(one)).Change);
        Assert.False(host.IsWanted(one));
        Assert.Contains($"phonehome_{two}", host.File);
    }

    private static async Task<string> StatusAsync(ReconcilerHost host, int port) => (await host.Haproxy.AskAsync("show stat"))!.Split('\n')
        .Select(row => row.Split(',')).Single(row => row[0] == $"phonehome_{port}_map-{port}" && row[1] == "FRONTEND")[17];
}
