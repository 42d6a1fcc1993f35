using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Passes commands on to a real HAProxy, until one of a kind comes: that one, and all after it, meet a fault instead.</summary>
internal sealed class FailingSocket : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly string path;
    private readonly string fault;
    private readonly string command;
    private readonly Task serving;

    internal FailingSocket(string path, string fault, string command)
    {
        (this.path, this.fault, this.command) = (path, fault, command);
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("failing.sock")));
        listener.Listen(64);
        serving = ServeAsync();
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(folder.File("failing.sock"));

    internal int Failures { get; private set; }

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
                var buffer = new byte[16_384];
                var read = await socket.ReceiveAsync(buffer, stopping.Token);
                var asked = Encoding.UTF8.GetString(buffer, 0, read).TrimEnd('\n');
                if (Failures > 0 || asked.StartsWith(command, StringComparison.Ordinal))
                {
                    Failures++;
                    await FailAsync(socket);
                }
                else if (await UnixSocketCall.AskAsync(path, asked) is { } answer)
                {
                    await socket.SendAsync(Encoding.UTF8.GetBytes(answer), stopping.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task FailAsync(Socket socket)
    {
        switch (fault)
        {
            case "missing":
                File.Delete(folder.File("failing.sock"));
                break;
            case "half a line":
                await socket.SendAsync("IP changed from '127"u8.ToArray(), stopping.Token);
                break;
            case "garbage":
                await socket.SendAsync("\u0001\u0002<html>\n\n"u8.ToArray(), stopping.Token);
                break;
            default:
                // It goes away when the client has lost its patience.
                await socket.ReceiveAsync(new byte[1], stopping.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(400), stopping.Token);
                break;
        }
    }
}
