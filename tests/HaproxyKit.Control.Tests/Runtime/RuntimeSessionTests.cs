using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeSessionTests
{
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");
    private static readonly RuntimeClientOptions Hasty = new() { Timeout = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendAsync_many_commands_get_their_answers_on_one_connection(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        await using var session = await haproxy.Client.OpenSessionAsync();

        Assert.Contains($"Pid: {await haproxy.Instance.WorkerPidAsync()}\n", await session.SendAsync(Info));
        Assert.Equal("", await session.SendAsync(RuntimeCommand.Of("set", "server", "app/s1", "state", "drain")));
        var answers = await session.SendAsync(
        [
            RuntimeCommand.Of("show", "map", haproxy.Map),
            RuntimeCommand.Of("no", "such"),
            RuntimeCommand.Of("del", "server", "app/s1"),
            RuntimeCommand.Of("show", "stat"),
            RuntimeCommand.Of("get", "weight", "app/s1"),
        ]);

        Assert.Equal(2, answers[0].Split('\n').Length);
        Assert.StartsWith("Unknown command", answers[1]);
        Assert.StartsWith("Only servers in maintenance mode", answers[2]);
        Assert.StartsWith("# pxname", answers[3]);
        Assert.Equal("10 (initial 10)", answers[4]);
        Assert.Empty(await session.SendAsync([]));
        Assert.True(session.IsOpen);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendAsync_ten_thousand_commands_and_callers_at_once_keep_their_order(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        await using var session = await haproxy.Client.OpenSessionAsync();
        await using var other = await haproxy.Client.OpenSessionAsync();

        var answers = await session.SendAsync(
            [.. Enumerable.Range(0, 10_000).Select(i => RuntimeCommand.Of("get", "weight", i % 3 == 0 ? "app/s1" : "app/none"))]);
        var mixed = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            i => (i % 2 == 0 ? session : other).SendAsync(RuntimeCommand.Of("get", "weight", i % 4 < 2 ? "app/s1" : "app/s2"))));

        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 3 == 0 ? "10 (initial 10)" : "No such server.", a.Item));
        Assert.All(mixed.Index(), a => Assert.Equal(a.Index % 4 < 2 ? "10 (initial 10)" : "1 (initial 1)", a.Item));
    }

    /// <summary>A reload leaves the session with the worker that does not count any more; a success there would be a lie.</summary>
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendAsync_after_a_reload_the_old_worker_is_told_apart(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        await using var session = await haproxy.Client.OpenSessionAsync();
        var old = await haproxy.Instance.WorkerPidAsync();
        await haproxy.Instance.ReloadAsync();
        var change = RuntimeCommand.Of("set", "server", "app/s1", "weight", "5");

        RuntimeException? e = null;
        await Eventually.TrueAsync(
            async () =>
            {
                e = await Record.ExceptionAsync(() => session.SendAsync(change)) as RuntimeException;
                return e is not null;
            },
            "the session ends");

        Assert.True(e!.IsTransient, e.Message);
        Assert.True(e.Fault != RuntimeFault.Interrupted || e.Message.Contains($"worker {old} has been replaced"), e.Message);
        Assert.False(session.IsOpen);
        Assert.Equal(RuntimeFault.Interrupted, (await Assert.ThrowsAsync<RuntimeException>(() => session.SendAsync(Info))).Fault);
        await using var anew = await haproxy.Client.OpenSessionAsync();
        Assert.Equal("", await anew.SendAsync(change));
        Assert.Equal(5, (await haproxy.ServerAsync("s1")).Weight);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("welcome\n> ")]
    [InlineData("Permission denied\n\n> ")]
    [InlineData("\n> and more")]
    public async Task OpenSessionAsync_peer_without_a_prompt_is_no_HAProxy(string greeting)
    {
        await using var closing = FakeRuntimeSocket.Answering(greeting);
        await using var hanging = FakeRuntimeSocket.HangingAfter(greeting);

        var closed = await Assert.ThrowsAsync<RuntimeException>(() => closing.Client().OpenSessionAsync());
        var hung = await Assert.ThrowsAsync<RuntimeException>(() => hanging.Client(Hasty).OpenSessionAsync());

        Assert.True(closed.Fault is RuntimeFault.Incomplete or RuntimeFault.Unexpected or RuntimeFault.PermissionDenied, closed.Message);
        Assert.True(hung.Fault is RuntimeFault.TimedOut or RuntimeFault.Unexpected or RuntimeFault.PermissionDenied, hung.Message);
    }

    [Fact]
    public async Task SendAsync_answer_that_stops_or_never_ends_ends_the_session()
    {
        await using var half = FakeRuntimeSocket.Conversing("\n> ", "Name: HAPr");
        await using var endless = FakeRuntimeSocket.Conversing("\n> ", new string('x', 300_000));
        await using var surplus = FakeRuntimeSocket.Conversing("\n> ", "one\n\n> two\n\n> ");

        Assert.Equal(RuntimeFault.TimedOut, await FaultAsync(half, Hasty));
        Assert.Equal(RuntimeFault.TooLarge, await FaultAsync(endless, new RuntimeClientOptions { MaxReplyBytes = 100_000 }));
        Assert.Equal(RuntimeFault.Unexpected, await FaultAsync(surplus, Hasty));
    }

    [Fact]
    public async Task SendAsync_cancelled_ends_the_session()
    {
        await using var fake = FakeRuntimeSocket.Conversing("\n> ", "");
        await using var session = await fake.Client().OpenSessionAsync();
        using var cancel = new CancellationTokenSource();

        var asking = session.SendAsync(Info, cancel.Token);
        await Eventually.TrueAsync(() => fake.Lines.Count > 1, "the command has arrived");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(session.IsOpen);
    }

    [Fact]
    public async Task SendAsync_payload_is_refused_and_the_session_lives_on()
    {
        await using var haproxy = await CommandedHaproxy.StartAsync("2.6");
        await using var session = await haproxy.Client.OpenSessionAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => session.SendAsync(RuntimeCommand.Of("add", "map", haproxy.Map).WithPayload("a b")));

        Assert.Equal("10 (initial 10)", await session.SendAsync(RuntimeCommand.Of("get", "weight", "app/s1")));
    }

    private static async Task<RuntimeFault> FaultAsync(FakeRuntimeSocket fake, RuntimeClientOptions options)
    {
        await using var session = await fake.Client(options).OpenSessionAsync();
        var e = await Assert.ThrowsAsync<RuntimeException>(() => session.SendAsync(Info));
        Assert.False(session.IsOpen);
        return e.Fault;
    }
}
