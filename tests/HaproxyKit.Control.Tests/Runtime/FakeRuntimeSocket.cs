using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>A unix socket that answers as no real HAProxy can be made to: half, never, endlessly, or as a version to come.</summary>
public sealed class FakeRuntimeSocket : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<Socket, CancellationToken, Task> answer = null!;
    private readonly Task serving = Task.CompletedTask;
    private readonly List<string> lines = [];
    private int connections;

    private FakeRuntimeSocket(Func<Socket, CancellationToken, Task> answer)
        : this()
    {
        this.answer = answer;
        serving = ServeAsync();
    }

    private FakeRuntimeSocket(string[] texts)
        : this()
    {
        answer = async (socket, limit) =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(texts[i]), limit);
                await ReadLineAsync(socket);
            }

            await Task.Delay(Timeout.Infinite, limit);
        };
        serving = ServeAsync();
    }

    private FakeRuntimeSocket()
    {
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("fake.sock")));
        listener.Listen(64);
    }

    public RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(folder.File("fake.sock"));

    /// <summary>How many connections were made.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>What was sent, by connection.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    /// <summary>Sends the text to whoever has sent a line, and closes.</summary>
    public static FakeRuntimeSocket Answering(string text) =>
        new((socket, limit) => socket.SendAsync(Encoding.UTF8.GetBytes(text), limit).AsTask());

    /// <summary>Sends each connection the next text, the last one again where there are no more, and closes.</summary>
    public static FakeRuntimeSocket AnsweringInTurn(params string[] texts)
    {
        var next = 0;
        return new((socket, limit) => socket.SendAsync(Encoding.UTF8.GetBytes(texts[Math.Min(next++, texts.Length - 1)]), limit).AsTask());
    }

    /// <summary>Sends the text and then neither goes on nor closes.</summary>
    public static FakeRuntimeSocket HangingAfter(string text) => new(async (socket, limit) =>
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), limit);
        await Task.Delay(Timeout.Infinite, limit);
    });

    /// <summary>Answers line after line of one connection with one text each, and then neither goes on nor closes.</summary>
    public static FakeRuntimeSocket Conversing(params string[] texts) => new(texts);

    /// <summary>Sends the text again and again, until the client goes away.</summary>
    public static FakeRuntimeSocket Repeating(string text) => new(async (socket, limit) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        while (true)
            await socket.SendAsync(bytes, limit);
    });

    /// <summary>Sends the text and cuts the connection while something of the client's is still unread.</summary>
    public static FakeRuntimeSocket ResettingAtOnce() => new((socket, _) =>
    {
        socket.Close(0);
        return Task.CompletedTask;
    });

    public RuntimeClient Client(RuntimeClientOptions? options = null) => new(Endpoint, options);

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
                Interlocked.Increment(ref connections);
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
            await ReadLineAsync(socket);
            await answer(socket, stopping.Token);
        }
        catch (SocketException)
        {
            // The client went away, as it should.
        }
    }

    private async Task ReadLineAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().EndsWith('\n') && await socket.ReceiveAsync(buffer, stopping.Token) is > 0 and var read)
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        lock (lines)
            lines.Add(text.ToString());
    }
}
