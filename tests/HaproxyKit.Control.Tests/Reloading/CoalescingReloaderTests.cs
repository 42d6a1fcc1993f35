using System.Collections.Concurrent;
using System.Diagnostics;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class CoalescingReloaderTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Branches), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_five_hundred_changes_in_a_second_are_two_reloads_and_each_is_told_the_truth(string branch)
    {
        const int Changes = 500;
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var reloader = new CoalescingReloader(haproxy.Reloader("master socket"));
        var before = (await haproxy.Master.ShowProcessesAsync()).Master.Reloads;
        var gate = new Lock();
        var text = "";
        var watch = Stopwatch.StartNew();

        var results = await Task.WhenAll(Enumerable.Range(0, Changes).Select(async i =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(i * 1.8));
            var name = $"f{i}";
            lock (gate)
            {
                // Every fifth forgets to write what it expects.
                text += i % 5 == 0 ? "" : haproxy.Instance.Expand($"frontend {name}\n  bind {{dir}}/{name}.sock\n  default_backend app\n");
                haproxy.Write(text);
            }

            return await reloader.ReloadAsync(new ReloadExpectation { Frontends = ["web", name] });
        }));

        var processes = await haproxy.Master.ShowProcessesAsync();
        Assert.InRange(processes.Master.Reloads - before, 1, 2);
        Assert.Equal(0, processes.FailedReloads);
        Assert.All(results.Index(), r => Assert.Equal(r.Index % 5 != 0, r.Item.Succeeded));
        Assert.All(results.Index().Where(r => r.Index % 5 == 0), r => Assert.EndsWith($"there is no frontend f{r.Index}", Assert.Single(r.Item.Diagnostics).Message));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task ReloadAsync_request_never_joins_a_reload_that_has_begun()
    {
        var inner = new HeldReloader();
        await using var reloader = new CoalescingReloader(inner, TimeSpan.Zero);

        var first = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(1);
        var late = new[] { reloader.ReloadAsync(ReloadExpectation.None), reloader.ReloadAsync(ReloadExpectation.None) };
        inner.End(1);

        Assert.Equal(1, (await first).NewWorkerPid);
        await inner.BegunAsync(2);
        Assert.All(late, t => Assert.False(t.IsCompleted));
        inner.End(2);
        Assert.Equal([2, 2], (await Task.WhenAll(late)).Select(r => r.NewWorkerPid));
        Assert.Equal(2, inner.Begun);
    }

    [Fact]
    public async Task ReloadAsync_next_reload_waits_for_the_interval_and_the_first_does_not()
    {
        var inner = new HeldReloader { EndsAtOnce = true };
        var interval = TimeSpan.FromMilliseconds(700);
        await using var reloader = new CoalescingReloader(inner, interval);
        var watch = Stopwatch.StartNew();

        await reloader.ReloadAsync(ReloadExpectation.None);
        var first = watch.Elapsed;
        await reloader.ReloadAsync(ReloadExpectation.None);
        await reloader.ReloadAsync(ReloadExpectation.None);

        Assert.True(first < interval, $"{first}");
        var begins = inner.Begins.ToArray();
        Assert.Equal(3, begins.Length);
        Assert.All(begins.Zip(begins.Skip(1)), pair => Assert.True(Stopwatch.GetElapsedTime(pair.First, pair.Second) >= interval - TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task ReloadAsync_what_the_reload_throws_all_get_and_the_next_is_a_new_one()
    {
        var inner = new HeldReloader();
        await using var reloader = new CoalescingReloader(inner, TimeSpan.Zero);

        var first = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(1);
        var both = new[] { reloader.ReloadAsync(ReloadExpectation.None), reloader.ReloadAsync(ReloadExpectation.None) };
        inner.End(1, new RuntimeException(RuntimeFault.Unreachable, "nobody"));
        await Assert.ThrowsAsync<RuntimeException>(() => first);
        await inner.BegunAsync(2);
        inner.End(2, new RuntimeException(RuntimeFault.Unreachable, "nobody again"));
        foreach (var one in both)
            Assert.Equal("nobody again", (await Assert.ThrowsAsync<RuntimeException>(() => one)).Message);

        var after = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(3);
        inner.End(3);
        Assert.True((await after).Succeeded);
    }

    [Fact]
    public async Task ReloadAsync_failure_of_the_reload_is_everybody_s()
    {
        var inner = new HeldReloader();
        await using var reloader = new CoalescingReloader(inner, TimeSpan.Zero);

        var first = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(1);
        var both = new[] { reloader.ReloadAsync(new ReloadExpectation { Frontends = ["a"] }), reloader.ReloadAsync(ReloadExpectation.None) };
        inner.End(1);
        inner.End(2, succeeded: false);

        Assert.True((await first).Succeeded);
        Assert.Equal([false, false], (await Task.WhenAll(both)).Select(r => r.Succeeded));
    }

    [Fact]
    public async Task ReloadAsync_request_that_leaves_stops_no_other_and_one_that_all_have_left_does_not_begin()
    {
        var inner = new HeldReloader();
        await using var reloader = new CoalescingReloader(inner, TimeSpan.Zero);
        using var leave = new CancellationTokenSource();

        var first = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(1);
        var leaving = new[] { reloader.ReloadAsync(ReloadExpectation.None, leave.Token), reloader.ReloadAsync(ReloadExpectation.None, leave.Token) };
        await leave.CancelAsync();
        foreach (var one in leaving)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        inner.End(1);
        Assert.True((await first).Succeeded);

        await reloader.DisposeAsync();
        Assert.Equal(1, inner.Begun);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reloader.ReloadAsync(ReloadExpectation.None));
    }

    [Fact]
    public async Task DisposeAsync_whoever_waits_is_told()
    {
        var inner = new HeldReloader();
        var reloader = new CoalescingReloader(inner, Long);

        var first = reloader.ReloadAsync(ReloadExpectation.None);
        await inner.BegunAsync(1);
        var waiting = reloader.ReloadAsync(ReloadExpectation.None);
        await reloader.DisposeAsync();
        await reloader.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(1, inner.Begun);
    }

    [Fact]
    public void Constructor_interval_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoalescingReloader(new HeldReloader(), TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentNullException>(() => new CoalescingReloader(null!));
        Assert.Equal(TimeSpan.FromSeconds(2), new CoalescingReloader(new HeldReloader()).Interval);
    }

    /// <summary>A reload that ends when the test says so; its new worker has the reload's number.</summary>
    private sealed class HeldReloader : IReloader
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource<ReloadResult>> reloads = new();
        private int begun;

        internal ConcurrentQueue<long> Begins { get; } = new();

        internal bool EndsAtOnce { get; set; }

        internal int Begun => Volatile.Read(ref begun);

        public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
        {
            Begins.Enqueue(Stopwatch.GetTimestamp());
            var number = Interlocked.Increment(ref begun);
            if (EndsAtOnce)
                End(number);
            return Of(number).Task.WaitAsync(cancellationToken);
        }

        internal Task BegunAsync(int number) => Eventually.TrueAsync(() => Begun >= number, $"reload {number} has begun");

        internal void End(int number, Exception? why = null, bool succeeded = true)
        {
            if (why is not null)
                Of(number).TrySetException(why);
            else
                Of(number).TrySetResult(new ReloadResult { Succeeded = succeeded, OldWorkerPid = number - 1, NewWorkerPid = number, Duration = TimeSpan.Zero });
        }

        private TaskCompletionSource<ReloadResult> Of(int number) =>
            reloads.GetOrAdd(number, _ => new TaskCompletionSource<ReloadResult>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
