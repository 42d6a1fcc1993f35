using System.Diagnostics;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What HAProxy is asked about only after it was made: moves of servers in sections of ours (rule 16).</summary>
public sealed class DeployerBackgroundCheckTests
{
    private static readonly DeployerOptions Soon = new() { CheckDelay = TimeSpan.FromMilliseconds(200), ReloadInterval = TimeSpan.Zero };
    private static readonly string Backends = string.Concat(Enumerable.Range(0, 4).Select(i => $"backend b{i}\n  server s 127.0.0.1:1\n"));

    [Fact]
    public async Task ApplyAsync_managed_moves_are_checked_once_for_all_afterwards()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        var checker = default(CheckerAround);
        var deployer = haproxy.Deployer(
            checker: real => checker = new CheckerAround(real, static _ => null),
            patient: new DeployerOptions { CheckDelay = TimeSpan.FromSeconds(1) });

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => deployer.ApplyAsync(DeployerQueueTests.Move(i, $"127.0.7.{i + 1}:1"))));

        Assert.All(results, result => Assert.Equal(DeploymentOutcome.Applied, result.Outcome));
        await Eventually.TrueAsync(() => checker!.Checks > 0, "HAProxy was asked");
        Assert.Equal(1, checker!.Checks);
        Assert.Empty(deployer.Alarms.Current);
    }

    /// <summary>A check of a large file takes a second, and a processor with it, so that a storm of moves must not have one run after the other.</summary>
    [Fact]
    public async Task ApplyAsync_storm_of_managed_moves_leaves_most_of_the_time_to_others_than_the_check()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        var (checking, checks) = (new Stopwatch(), 0);
        var deployer = haproxy.Deployer(
            checker: real => new CheckerAround(real, text =>
            {
                checking.Start();
                SpinWait.SpinUntil(static () => false, TimeSpan.FromMilliseconds(100));
                checking.Stop();
                Volatile.Write(ref checks, checks + 1);
                return new CheckResult { Verdict = CheckVerdict.Accepted, ExitCode = 0 };
            }),
            patient: new DeployerOptions { CheckDelay = TimeSpan.FromMilliseconds(1) });

        var storm = Stopwatch.StartNew();
        for (var i = 0; Volatile.Read(ref checks) < 4; i++)
        {
            Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(DeployerQueueTests.Move(0, $"127.0.6.{1 + (i % 200)}:1"))).Outcome);
        }

        Assert.True(3 * checking.Elapsed < storm.Elapsed, $"{checking.Elapsed} of {storm.Elapsed}");
        Assert.Empty(deployer.Alarms.Current);
    }

    [Fact]
    public async Task DisposeAsync_during_a_check_waits_until_nothing_is_left_of_it()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        var (begun, left) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        var deployer = haproxy.Deployer(
            checker: real => new CheckerAround(real, text =>
            {
                begun.TrySetResult();
                left.Wait();
                return null;
            }),
            patient: Soon);
        await deployer.ApplyAsync(DeployerQueueTests.Move(0, "127.0.0.60:1"));
        await begun.Task;

        var disposing = deployer.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        left.Release();

        await disposing;
        Assert.Single(Directory.GetFiles(haproxy.Instance.Folder), file => file.Contains("haproxy.cfg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApplyAsync_unmanaged_move_is_checked_before()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, Refuse("127.0.0.66")));

        var result = await deployer.ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.66"));

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Equal($"127.0.0.2:{haproxy.NodePort}", await haproxy.AddressAsync("app", "s1"));
    }

    /// <summary>No real HAProxy refuses a valid address, so a check that does stands in for one.</summary>
    [Fact]
    public async Task ApplyAsync_managed_move_that_is_refused_afterwards_is_taken_back_alone_with_an_alarm()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, Refuse("127.0.0.66")), patient: Soon);

        var results = await Task.WhenAll(
            deployer.ApplyAsync(DeployerQueueTests.Move(0, "127.0.0.60:1")),
            deployer.ApplyAsync(DeployerQueueTests.Move(1, "127.0.0.66:1")),
            deployer.ApplyAsync(DeployerQueueTests.Move(2, "127.0.0.61:1")));

        Assert.All(results, result => Assert.Equal(DeploymentOutcome.Applied, result.Outcome));
        await Eventually.TrueAsync(() => deployer.Alarms.Current.Count > 0, "an alarm stands");
        var alarm = Assert.Single(deployer.Alarms.Current);
        Assert.Equal(DiagnosticIds.RefusedAfterwards, alarm.Diagnostic.Id);
        Assert.Equal("127.0.0.1:1", await haproxy.AddressAsync("b1", "s"));
        Assert.Equal("127.0.0.60:1", await haproxy.AddressAsync("b0", "s"));
        Assert.Equal("127.0.0.61:1", await haproxy.AddressAsync("b2", "s"));
        Assert.Contains("backend b1\n  server s 127.0.0.1:1\n", haproxy.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.66", haproxy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_operators_typo_found_afterwards_leaves_the_move_and_names_the_line()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: Backends);
        File.AppendAllText(haproxy.Instance.ConfigPath, "backend operators\n  the operator's typo\n");
        var deployer = haproxy.Deployer(patient: Soon);

        var result = await deployer.ApplyAsync(DeployerQueueTests.Move(1, "127.0.0.61:1"));

        Assert.Equal(DeploymentOutcome.Applied, result.Outcome);
        await Eventually.TrueAsync(() => deployer.Alarms.Current.Count > 0, "an alarm stands");
        var alarm = Assert.Single(deployer.Alarms.Current);
        Assert.Equal(haproxy.Text.TrimEnd('\n').Split('\n').Length, alarm.Diagnostic.Location?.Line);
        Assert.Equal("127.0.0.61:1", await haproxy.AddressAsync("b1", "s"));
        Assert.Contains("backend b1\n  server s 127.0.0.61:1\n", haproxy.Text, StringComparison.Ordinal);

        File.WriteAllText(haproxy.Instance.ConfigPath, haproxy.Text.Replace("  the operator's typo\n", ""));
        Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(DeployerQueueTests.Move(1, "127.0.0.62:1"))).Outcome);
        await Eventually.TrueAsync(() => deployer.Alarms.Current.Count == 0, "the alarm is over");
    }

    private static Func<string, CheckResult?> Refuse(string text) => candidate => candidate.Contains(text, StringComparison.Ordinal)
        ? new CheckResult { Verdict = CheckVerdict.Refused, ExitCode = 1 }
        : null;
}
