using System.Collections.Concurrent;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Many requests at once: they share writes and reloads, and each is answered for itself.</summary>
public sealed class DeployerQueueTests
{
    private static readonly string TenBackends = string.Concat(Enumerable.Range(0, 10).Select(i => $"backend b{i}\n  server s 127.0.0.1:1\n"));

    [Fact]
    public async Task ApplyAsync_storm_of_addresses_shares_writes_and_reloads_nothing()
    {
        const int Changes = 200;
        await using var haproxy = await DeployedHaproxy.StartAsync(more: TenBackends);
        var reloader = default(ReloaderAround);
        var deployer = haproxy.Deployer(reloader: real => reloader = new ReloaderAround(real, () => Task.CompletedTask));
        await deployer.ApplyAsync(Move(0, "127.0.9.9:1"));
        using var writes = new FileWrites(haproxy.Instance.ConfigPath);

        var results = await Task.WhenAll(Enumerable.Range(0, Changes).Select(i => deployer.ApplyAsync(Move(i % 10, $"127.0.{1 + (i / 10)}.{1 + (i % 10)}:1"))));

        Assert.All(results, result => Assert.True(result.Outcome == DeploymentOutcome.Applied, $"{result.Outcome} {string.Join(';', result.Diagnostics)}"));
        Assert.All(results, result => Assert.False(result.Reloaded));
        Assert.Equal(0, reloader!.Reloads);
        await Eventually.TrueAsync(() => writes.Count > 0, "a write was seen");
        TestContext.Current.TestOutputHelper?.WriteLine($"{writes.Count} writes for {Changes} changes");
        Assert.InRange(writes.Count, 1, Changes / 4);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"127.0.20.{1 + i}:1", await haproxy.AddressAsync($"b{i}", "s"));
            Assert.Contains($"backend b{i}\n  server s 127.0.20.{1 + i}:1\n", haproxy.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>What is read back of them one by one would be more than HAProxy takes in one line.</summary>
    [Fact]
    public async Task ApplyAsync_one_change_of_the_servers_of_many_backends_needs_no_reload()
    {
        const int Backends = 800;
        var backends = string.Concat(Enumerable.Range(0, Backends).Select(i => $"backend b{i}\n  server s 127.0.0.1:1\n"));
        await using var haproxy = await DeployedHaproxy.StartAsync(more: backends);
        var deployer = haproxy.Deployer();
        await deployer.ApplyAsync(Move(0, "127.0.9.9:1"));

        var result = await deployer.ApplyAsync(new()
        {
            Edit = document => Enumerable.Range(0, Backends).Aggregate(document, static (edited, i) => Move(i, "127.0.0.2:1").Edit(edited)),
            IsManaged = DeployedHaproxy.IsApp,
        });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{result.Outcome} {string.Join(';', result.Diagnostics)}");
        Assert.Equal("127.0.0.2:1", await haproxy.AddressAsync($"b{Backends - 1}", "s"));
    }

    [Theory]
    [MemberData(nameof(RuntimeBranches))]
    public async Task ApplyAsync_five_hundred_changes_in_a_second_are_two_reloads_and_all_served(string branch)
    {
        const int Changes = 500;
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var reloader = default(ReloaderAround);
        var deployer = haproxy.Deployer(
            reloader: real => reloader = new ReloaderAround(real, () => Task.CompletedTask), patient: new DeployerOptions());
        var ports = Enumerable.Range(0, 20).Select(_ => Ports.Take()).ToList();

        var results = await Task.WhenAll(Enumerable.Range(0, Changes).Select(i => deployer.ApplyAsync(DeployedHaproxy.Add(
            i < ports.Count
                ? $"frontend f{i}\n  bind 127.0.0.1:{ports[i]}\n  default_backend app\n"
                : $"backend more{i}\n  server s 127.0.0.1:1\n"))));

        Assert.All(results, result => Assert.True(result.Outcome == DeploymentOutcome.Applied, $"{result.Outcome} {string.Join(';', result.Diagnostics)}"));
        Assert.All(results, result => Assert.True(result.Reloaded));
        Assert.InRange(reloader!.Reloads, 1, 2);
        var served = (await haproxy.Instance.AskAsync("show stat"))!.Split('\n').Select(line => line.Split(',')[0]).ToHashSet();
        for (var i = 0; i < Changes; i++)
        {
            Assert.Contains(i < ports.Count ? $"f{i}" : $"more{i}", served);
        }

        Assert.Equal("node", await HttpProbe.AskAsync(ports[^1]));
    }

    [Fact]
    public async Task ApplyAsync_one_bad_change_among_many_is_rejected_alone()
    {
        const int Changes = 64;
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var checker = default(CheckerAround);
        var deployer = haproxy.Deployer(checker: real => checker = new CheckerAround(real, static _ => null));
        string LinesOf(int i) => $"backend more{i}\n  {(i == 17 ? "nonsense" : "server s 127.0.0.1:1")}\n";

        var results = await Task.WhenAll(Enumerable.Range(0, Changes).Select(i => deployer.ApplyAsync(DeployedHaproxy.Add(LinesOf(i)))));

        var bad = Assert.Single(results, result => result.Outcome != DeploymentOutcome.Applied);
        Assert.Same(results[17], bad);
        Assert.Equal(DeploymentOutcome.Rejected, bad.Outcome);
        Assert.False(bad.IsOperatorsFault);
        Assert.Contains(bad.Diagnostics, d => d.Message.Contains("nonsense", StringComparison.Ordinal));
        Assert.DoesNotContain("nonsense", haproxy.Text, StringComparison.Ordinal);
        Assert.InRange(checker!.Checks, 1, Changes / 2);
        Assert.All(Enumerable.Range(0, Changes).Where(i => i != 17), i => Assert.Contains(LinesOf(i), haproxy.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApplyAsync_edit_that_throws_is_its_callers_alone()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: TenBackends);
        var deployer = haproxy.Deployer();
        var first = deployer.ApplyAsync(Move(1, "127.0.3.1:1"));
        var throws = deployer.ApplyAsync(Move(2, "127.0.3.2:1") with { Edit = _ => throw new InvalidDataException("no such thing") });
        var last = deployer.ApplyAsync(Move(3, "127.0.3.3:1"));

        Assert.Equal("no such thing", (await Assert.ThrowsAsync<InvalidDataException>(() => throws)).Message);
        Assert.Equal([DeploymentOutcome.Applied, DeploymentOutcome.Applied], (await Task.WhenAll(first, last)).Select(result => result.Outcome));
    }

    /// <summary>A change must not be overtaken by a later one of the same section; other sections need not wait.</summary>
    [Fact]
    public async Task ApplyAsync_change_at_run_time_overtakes_a_waiting_reload_unless_it_touches_the_same_section()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: TenBackends);
        var deployer = haproxy.Deployer(patient: new DeployerOptions { ReloadInterval = TimeSpan.FromSeconds(3) });
        await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));
        var order = new ConcurrentQueue<string>();
        async Task<DeploymentResult> Noted(string name, DeploymentRequest request)
        {
            var result = await deployer.ApplyAsync(request);
            order.Enqueue(name);
            return result;
        }

        var waits = Noted("waits", DeployedHaproxy.Change("backend b4\n", "backend b4\n  timeout tunnel 77s\n"));
        var follows = Noted("follows", Move(4, "127.0.4.4:1"));
        var overtakes = Noted("overtakes", Move(5, "127.0.5.5:1"));
        var results = await Task.WhenAll(waits, follows, overtakes);

        Assert.All(results, result => Assert.Equal(DeploymentOutcome.Applied, result.Outcome));
        Assert.Equal("overtakes", order.First());
        Assert.Equal([true, true, false], results.Select(result => result.Reloaded));
        Assert.Equal("127.0.4.4:1", await haproxy.AddressAsync("b4", "s"));
        Assert.Contains("backend b4\n  timeout tunnel 77s\n  server s 127.0.4.4:1\n", haproxy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_withdrawn_before_its_turn_leaves_nothing()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer(patient: new DeployerOptions { ReloadInterval = TimeSpan.FromSeconds(2) });
        await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));
        using var withdraw = new CancellationTokenSource();

        var waits = deployer.ApplyAsync(DeployedHaproxy.Add("backend withdrawn\n"), withdraw.Token);
        var other = deployer.ApplyAsync(DeployedHaproxy.Add("backend stays\n"));
        await withdraw.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Assert.Equal(DeploymentOutcome.Applied, (await other).Outcome);
        Assert.DoesNotContain("withdrawn", haproxy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_tells_those_that_wait()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer(patient: new DeployerOptions { ReloadInterval = TimeSpan.FromMinutes(5) });
        await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));
        var waits = deployer.ApplyAsync(DeployedHaproxy.Add("backend waits\n"));
        Assert.Equal(DeploymentOutcome.Unchanged, (await deployer.ApplyAsync(DeployedHaproxy.Change("nothing of the kind", ""))).Outcome);

        await deployer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waits);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => deployer.ApplyAsync(DeployedHaproxy.Change("a", "b")));
    }

    [Fact]
    public async Task ApplyAsync_for_another_revision_is_rejected_and_does_nothing()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: TenBackends);
        var deployer = haproxy.Deployer();
        var revision = ConfigRevision.HashOf(haproxy.Bytes());

        var first = deployer.ApplyAsync(Move(1, "127.0.3.1:1") with { ExpectedRevision = revision });
        var second = deployer.ApplyAsync(Move(2, "127.0.3.2:1") with { ExpectedRevision = revision });

        Assert.Equal(DeploymentOutcome.Applied, (await first).Outcome);
        var rejected = await second;
        Assert.Equal(DeploymentOutcome.Rejected, rejected.Outcome);
        Assert.Equal(DiagnosticIds.FileContended, Assert.Single(rejected.Diagnostics).Id);
        Assert.Equal("127.0.0.1:1", await haproxy.AddressAsync("b2", "s"));
    }

    [Fact]
    public async Task ApplyAsync_result_tells_when_how_long_and_what_HAProxy_said()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: TenBackends);
        var deployer = haproxy.Deployer();

        var moved = await deployer.ApplyAsync(Move(1, "127.0.3.1:1"));
        var reloaded = await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.InRange(moved.Started, DateTimeOffset.UtcNow - TimeSpan.FromMinutes(2), DateTimeOffset.UtcNow);
        var step = Assert.Single(moved.AppliedSteps);
        Assert.Equal(Assert.Single(moved.Plan.Steps), step.Step);
        Assert.Contains("127.0.3.1", step.Message, StringComparison.Ordinal);
        Assert.Null(moved.CheckDuration);
        Assert.Null(moved.ReloadDuration);
        Assert.Empty(reloaded.AppliedSteps);
        Assert.True(reloaded.CheckDuration > TimeSpan.Zero);
        Assert.True(reloaded.ReloadDuration > TimeSpan.Zero);
        Assert.True(reloaded.Duration >= reloaded.CheckDuration + reloaded.ReloadDuration);
    }

    public static TheoryData<string> RuntimeBranches { get; } = [.. HaproxyPrograms.Branches];

    internal static DeploymentRequest Move(int backend, string address) => new()
    {
        Edit = document => document.Edit(config => config.Backends[$"b{backend}"].Servers["s"].Address = Expressions.Address.Parse(address)),
        IsManaged = DeployedHaproxy.IsApp,
    };
}
