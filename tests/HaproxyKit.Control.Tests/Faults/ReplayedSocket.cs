using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Answers in place of a HAProxy, of which it may ask the real one on a socket of its own.</summary>
internal sealed class ReplayedSocket : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<string, Task<string?>> answer;
    private readonly List<string> asked = [];
    private readonly Task serving;

    /// <param name="answer">What is answered to a line, or null for a connection that just ends.</param>
    internal ReplayedSocket(Func<string, Task<string?>> answer)
    {
        this.answer = answer;
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("replayed.sock")));
        listener.Listen(64);
        serving = ServeAsync();
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(folder.File("replayed.sock"));

    /// <summary>The lines that came.</summary>
    internal IReadOnlyList<string> Asked
    {
        get
        {
            lock (asked)
                return [.. asked];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync(stopping.Token);
                await AnswerAsync(socket);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            var buffer = new byte[16_384];
            var read = await socket.ReceiveAsync(buffer, stopping.Token);

            // 3.5 answers the first line that came, and no other.
            var line = Encoding.UTF8.GetString(buffer, 0, read).Split('\n')[0];
            lock (asked)
                asked.Add(line);
            if (await answer(line) is { } text)
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), stopping.Token);
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }
}
