using System.Net.Sockets;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Answers in place of a HAProxy, of which it may ask the real one on a socket of its own.</summary>
internal sealed class ReplayedSocket : IAsyncDisposable
{
    private readonly Func<string, Task<string?>> answer;
    private readonly List<string> asked = [];
    private readonly ServedSocket served;

    /// <param name="answer">What is answered to a line, or null for a connection that just ends.</param>
    internal ReplayedSocket(Func<string, Task<string?>> answer)
    {
        this.answer = answer;
        served = new ServedSocket(AnswerAsync);
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(served.Path);

    /// <summary>The lines that came.</summary>
    internal IReadOnlyList<string> Asked
    {
        get
        {
            lock (asked)
                return [.. asked];
        }
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private async Task AnswerAsync(Socket socket, CancellationToken limit)
    {
        // 3.5 answers the first line that came, and no other.
        var line = (await ServedSocket.ReadAsync(socket, limit)).Split('\n')[0];
        lock (asked)
            asked.Add(line);
        if (await answer(line) is { } text)
            await ServedSocket.SendAsync(socket, text, limit);
    }
}
