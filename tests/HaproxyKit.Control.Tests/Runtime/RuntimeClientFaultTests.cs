using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientFaultTests
{
    private const string WholeInfo = "Name: HAProxy\nVersion: 3.5-dev5\nPid: 12\n\n";

    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");
    private static readonly RuntimeClientOptions Hasty = new() { Timeout = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task SendAsync_nobody_there_is_transient()
    {
        using var folder = new TemporaryFolder();

        var absent = await FaultAsync(new RuntimeClient(RuntimeEndpoint.Unix(folder.File("none.sock"))));
        var refused = await FaultAsync(new RuntimeClient(RuntimeEndpoint.Tcp("127.0.0.1", Ports.Take())));

        Assert.Equal((RuntimeFault.Unreachable, true), (absent.Fault, absent.IsTransient));
        Assert.Equal((RuntimeFault.Unreachable, true), (refused.Fault, refused.IsTransient));
        Assert.Contains(folder.File("none.sock"), absent.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name: HAProxy\nVersion: 2.6")]
    [InlineData("Name: HAProxy\nVersion: 2.6.12\nPid: 12\n")]
    public async Task SendAsync_answer_that_ends_early_is_no_answer(string half)
    {
        await using var fake = FakeRuntimeSocket.Answering(half);

        var e = await FaultAsync(fake.Client());

        Assert.Equal((RuntimeFault.Incomplete, true), (e.Fault, e.IsTransient));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name: HAProxy\nVersion: 2.6")]
    [InlineData(WholeInfo)]
    public async Task SendAsync_answer_without_an_end_is_given_up_in_time(string half)
    {
        await using var fake = FakeRuntimeSocket.HangingAfter(half);

        var e = await FaultAsync(fake.Client(Hasty));

        Assert.Equal((RuntimeFault.TimedOut, true), (e.Fault, e.IsTransient));
    }

    [Fact]
    public async Task SendAsync_connection_cut_by_the_peer_is_transient()
    {
        await using var fake = FakeRuntimeSocket.ResettingAtOnce();

        var e = await FaultAsync(fake.Client());

        Assert.True(e.IsTransient);
        Assert.True(e.Fault is RuntimeFault.Interrupted or RuntimeFault.Incomplete, e.Message);
    }

    [Fact]
    public async Task SendAsync_endless_answer_is_cut_at_the_limit()
    {
        await using var fake = FakeRuntimeSocket.Repeating("The command line is too big, and this is its help:\n");

        var e = await FaultAsync(fake.Client(new RuntimeClientOptions { MaxReplyBytes = 100_000 }));

        Assert.Equal((RuntimeFault.TooLarge, false), (e.Fault, e.IsTransient));
    }

    [Fact]
    public async Task SendAsync_socket_at_which_too_many_wait_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("busy.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var waiting = FillQueue(path);

        Assert.Equal(RuntimeFault.TimedOut, (await FaultAsync(new RuntimeClient(RuntimeEndpoint.Unix(path), Hasty))).Fault);
        var asking = new RuntimeClient(RuntimeEndpoint.Unix(path)).ShowInfoAsync();
        foreach (var one in waiting)
        {
            one.Dispose();
            (await listener.AcceptAsync()).Dispose();
        }

        using var ours = await listener.AcceptAsync();
        await ours.ReceiveAsync(new byte[100]);
        await ours.SendAsync(Encoding.UTF8.GetBytes(WholeInfo));
        ours.Shutdown(SocketShutdown.Both);

        Assert.Equal(12, (await asking).Pid);
    }

    [Fact]
    public async Task SendAsync_cancelled_throws_that_and_nothing_else()
    {
        await using var fake = FakeRuntimeSocket.HangingAfter("Name:");
        using var cancel = new CancellationTokenSource();

        var asking = fake.Client().SendAsync(Info, cancel.Token);
        await Eventually.TrueAsync(() => fake.Lines.Count > 0, "the command has arrived");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task SendAsync_fewer_or_more_answers_than_commands_are_no_answer()
    {
        await using var few = FakeRuntimeSocket.Answering(WholeInfo);
        await using var many = FakeRuntimeSocket.Answering("a\n\nb\n\nc\n\n");

        Assert.Equal(RuntimeFault.Incomplete, (await Assert.ThrowsAsync<RuntimeException>(() => few.Client().SendAsync([Info, Info]))).Fault);
        Assert.Equal(RuntimeFault.Incomplete, (await Assert.ThrowsAsync<RuntimeException>(() => many.Client().SendAsync([Info, Info]))).Fault);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\n\n")]
    [InlineData("Unknown command: 'show info', but maybe one of the following ones is a better match:\n  help\n\n")]
    [InlineData("1\n# be_id be_name\n1 a\n\n")]
    [InlineData("# pxname,svname,status\nweb\n\n")]
    [InlineData("Pid: twelve\nVersion: 2.6\n\n")]
    [InlineData("\0\u0001\u0002\ufffd\n\n")]
    public async Task Show_garbage_is_unexpected_and_not_a_result(string garbage)
    {
        await using var fake = FakeRuntimeSocket.Answering(garbage);
        var client = fake.Client();
        var master = new MasterClient(fake.Endpoint, Hasty);

        foreach (var show in new Func<Task>[]
        {
            () => client.ShowInfoAsync(), () => client.ShowStatAsync(), () => client.ShowServersStateAsync(), () => master.ShowProcessesAsync(),
        })
        {
            var e = await Assert.ThrowsAsync<RuntimeException>(show);
            Assert.Equal((RuntimeFault.Unexpected, false), (e.Fault, e.IsTransient));
        }
    }

    [Fact]
    public async Task Show_permission_denied_is_told_apart()
    {
        await using var fake = FakeRuntimeSocket.Answering("Permission denied\n\n");

        var e = await FaultAsync(fake.Client());

        Assert.Equal((RuntimeFault.PermissionDenied, false), (e.Fault, e.IsTransient));
    }

    /// <summary>Answers of HAProxy 3.5 as they were seen, and of every version where they are mistakes.</summary>
    [Theory]
    [InlineData("nothing changed", RuntimeOutcome.Unchanged)]
    [InlineData("IP changed from '192.0.2.1' to '192.0.2.9' by 'stats socket command'", RuntimeOutcome.Changed)]
    [InlineData("port changed from '1' to '80' by 'stats socket command'", RuntimeOutcome.Changed)]
    [InlineData("no need to change the addr, no need to change the port by 'stats socket command'", RuntimeOutcome.Unchanged)]
    [InlineData("no need to change the addr, port changed from '1' to '80' by 'stats socket command'", RuntimeOutcome.Changed)]
    [InlineData("IP changed from '192.0.2.1' to '192.0.2.9', port changed from '1' to '80' by 'stats socket command'", RuntimeOutcome.Changed)]
    [InlineData("IP changed from '192.0.2.1' to '192.0.2.8', port changed from '1' to '80' by 'stats socket command'", RuntimeOutcome.Refused)]
    [InlineData("port changed from '1' to '4464' by 'stats socket command'", RuntimeOutcome.Refused)]
    [InlineData("IP changed from '192.0.2.1' to '192.0.2.9', problem converting port 'abc' to an int", RuntimeOutcome.Refused)]
    [InlineData("Invalid addr '192.0.2.9'", RuntimeOutcome.Refused)]
    [InlineData("Require 'backend/server'.", RuntimeOutcome.Refused)]
    [InlineData("set server <b>/<s> addr requires an address and optionally a port.", RuntimeOutcome.Refused)]
    [InlineData("Proxy is disabled.", RuntimeOutcome.Refused)]
    [InlineData("something of a version to come", RuntimeOutcome.Refused)]
    [InlineData("", RuntimeOutcome.Refused)]
    [InlineData("No such server.", RuntimeOutcome.NotFound)]
    [InlineData("No such backend.", RuntimeOutcome.NotFound)]
    [InlineData("Permission denied", RuntimeOutcome.PermissionDenied)]
    public async Task SetServerAddressAsync_every_known_answer_is_judged_and_any_other_is_a_refusal(string answer, RuntimeOutcome outcome)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer.Length == 0 ? "\n" : answer + "\n\n");

        var change = await fake.Client().SetServerAddressAsync("app", "s1", IPAddress.Parse("192.0.2.9"), 80, markUp: false);

        Assert.Equal(outcome, change.Address.Outcome);
        Assert.Equal(outcome is RuntimeOutcome.Changed or RuntimeOutcome.Unchanged, change.IsSuccess);
        Assert.Equal(change.IsSuccess ? null : answer, change.Refusal);
        Assert.Equal(["set server app/s1 addr 192.0.2.9 port 80\n"], fake.Lines);
    }

    [Fact]
    public async Task SetServerAddressAsync_mark_up_goes_in_the_same_line_and_its_refusal_counts()
    {
        await using var fake = FakeRuntimeSocket.Answering("nothing changed\n\nsomething is wrong\n\n");

        var change = await fake.Client().SetServerAddressAsync("app", "s1", IPAddress.Parse("192.0.2.9"), 80, markUp: true);

        Assert.Equal(["set server app/s1 addr 192.0.2.9 port 80;set server app/s1 health up\n"], fake.Lines);
        Assert.Equal((RuntimeOutcome.Unchanged, RuntimeOutcome.Refused), (change.Address.Outcome, change.Health?.Outcome));
        Assert.False(change.IsSuccess);
        Assert.Equal("something is wrong", change.Refusal);
    }

    [Fact]
    public void Constructor_limit_that_is_none_is_refused()
    {
        var endpoint = RuntimeEndpoint.Unix("/none.sock");

        Assert.Throws<ArgumentOutOfRangeException>(() => new RuntimeClient(endpoint, new RuntimeClientOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RuntimeClient(endpoint, new RuntimeClientOptions { MaxReplyBytes = 0 }));
        Assert.Throws<ArgumentNullException>(() => new RuntimeClient(null!));
    }

    [Fact]
    public async Task SendAsync_many_at_once_each_get_their_own_answer()
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync("2.6");

        var answers = await Task.WhenAll(Enumerable.Range(1, 500).Select(async i =>
        {
            var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"198.51.{100 + (i / 250)}.{1 + (i % 250)}"));
            var change = await haproxy.Client.SetServerAddressAsync("app", "s2", address, i, markUp: false);
            var weight = await haproxy.Client.SendAsync(RuntimeCommand.Of("get", "weight", i % 2 == 0 ? "app/s1" : "app/s2"));
            return change.IsSuccess && weight.StartsWith(i % 2 == 0 ? "10 " : "1 ", StringComparison.Ordinal);
        }));

        Assert.All(answers, Assert.True);
        Assert.InRange((await haproxy.ServerAsync("s2")).Port, 1, 500);
    }

    /// <summary>Connects until the kernel takes no more for this listener.</summary>
    private static List<Socket> FillQueue(string path)
    {
        var waiting = new List<Socket>();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                waiting.Add(socket);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                socket.Dispose();
                return waiting;
            }
        }
    }

    private static Task<RuntimeException> FaultAsync(RuntimeClient client) =>
        Assert.ThrowsAsync<RuntimeException>(() => client.ShowInfoAsync());
}
