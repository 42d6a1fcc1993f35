using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>A unix socket that answers as no real HAProxy can be made to: half, never, endlessly, or as a version to come.</summary>
public sealed class FakeRuntimeSocket : IAsyncDisposable
{
    private readonly Func<Socket, CancellationToken, Task> answer;
    private readonly ServedSocket served;
    private readonly List<string> lines = [];
    private int connections;

    private FakeRuntimeSocket(Func<Socket, CancellationToken, Task> answer)
    {
        this.answer = answer;
        served = new ServedSocket(ServeAsync);
    }

    private FakeRuntimeSocket(string[] texts)
    {
        answer = async (socket, limit) =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                await ServedSocket.SendAsync(socket, texts[i], limit);
                await ReadLineAsync(socket, limit);
            }

            await Task.Delay(Timeout.Infinite, limit);
        };
        served = new ServedSocket(ServeAsync);
    }

    public RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(served.Path);

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
        new((socket, limit) => ServedSocket.SendAsync(socket, text, limit));

    /// <summary>Sends each connection the next text, the last one again where there are no more, and closes.</summary>
    public static FakeRuntimeSocket AnsweringInTurn(params string[] texts)
    {
        var next = 0;
        return new((socket, limit) => ServedSocket.SendAsync(socket, texts[Math.Min(next++, texts.Length - 1)], limit));
    }

    /// <summary>Sends the text and then neither goes on nor closes.</summary>
    public static FakeRuntimeSocket HangingAfter(string text) => new(async (socket, limit) =>
    {
        await ServedSocket.SendAsync(socket, text, limit);
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

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken limit)
    {
        Interlocked.Increment(ref connections);
        await ReadLineAsync(socket, limit);
        await answer(socket, limit);
    }

    private async Task ReadLineAsync(Socket socket, CancellationToken limit)
    {
        var line = await ServedSocket.ReadAsync(socket, limit);
        lock (lines)
            lines.Add(line);
    }
}
