using System.Net.Sockets;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>A unix socket refuses at once when its queue is full, where TCP would wait.</summary>
public sealed class RuntimeClientQueueTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket earlier = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public RuntimeClientQueueTests()
    {
        var endPoint = new UnixDomainSocketEndPoint(folder.File("stats.sock"));
        listener.Bind(endPoint);
        listener.Listen(0);
        earlier.Connect(endPoint);
    }

    public void Dispose()
    {
        earlier.Dispose();
        listener.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task SendAsync_queue_of_the_socket_is_full_waits_for_a_place()
    {
        var sending = Client(TimeSpan.FromSeconds(20)).SendAsync(RuntimeCommand.Of("show", "info"));
        Assert.False(sending.IsCompleted);

        using (await listener.AcceptAsync())
        {
            using var connection = await listener.AcceptAsync();
            await connection.ReceiveAsync(new byte[100]);
            await connection.SendAsync("done\n\n"u8.ToArray());
        }

        Assert.Equal("done", await sending);
    }

    [Fact]
    public async Task SendAsync_queue_of_the_socket_that_stays_full_is_given_up_in_time()
    {
        var thrown = await Assert.ThrowsAsync<RuntimeException>(
            () => Client(TimeSpan.FromMilliseconds(100)).SendAsync(RuntimeCommand.Of("show", "info")));

        Assert.Equal((RuntimeFault.TimedOut, true), (thrown.Fault, thrown.IsTransient));
    }

    private RuntimeClient Client(TimeSpan timeout) =>
        new(RuntimeEndpoint.Unix(folder.File("stats.sock")), new RuntimeClientOptions { Timeout = timeout });
}
