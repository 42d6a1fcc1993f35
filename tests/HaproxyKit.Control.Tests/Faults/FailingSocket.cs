using System.Net.Sockets;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Passes commands on to a real HAProxy, until one of a kind comes: that one, and all after it, meet a fault instead.</summary>
internal sealed class FailingSocket : IAsyncDisposable
{
    private readonly string path;
    private readonly string fault;
    private readonly string command;
    private readonly ServedSocket served;

    internal FailingSocket(string path, string fault, string command)
    {
        (this.path, this.fault, this.command) = (path, fault, command);
        served = new ServedSocket(ServeAsync);
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(served.Path);

    internal int Failures { get; private set; }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken limit)
    {
        var asked = (await ServedSocket.ReadAsync(socket, limit)).TrimEnd('\n');
        if (Failures > 0 || asked.StartsWith(command, StringComparison.Ordinal))
        {
            Failures++;
            await FailAsync(socket, limit);
        }
        else if (await UnixSocketCall.AskAsync(path, asked) is { } answer)
        {
            await ServedSocket.SendAsync(socket, answer, limit);
        }
    }

    private async Task FailAsync(Socket socket, CancellationToken limit)
    {
        switch (fault)
        {
            case "missing":
                served.Remove();
                break;
            case "half a line":
                await ServedSocket.SendAsync(socket, "IP changed from '127", limit);
                break;
            case "garbage":
                await ServedSocket.SendAsync(socket, "\u0001\u0002<html>\n\n", limit);
                break;
            default:
                // It goes away when the client has lost its patience.
                await socket.ReceiveAsync(new byte[1], limit);
                await Task.Delay(TimeSpan.FromMilliseconds(400), limit);
                break;
        }
    }
}
