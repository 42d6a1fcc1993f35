using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Tool.Tests.Support;

/// <summary>Stands between the program and a socket of HAProxy, and keeps what the program sends.</summary>
internal sealed class SocketRecorder : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _sent = [];
    private readonly string _target;
    private readonly Task _running;

    internal SocketRecorder(string path, string target)
    {
        (Path, _target) = (path, target);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(16);
        _running = AcceptAsync();
    }

    internal string Path { get; }

    /// <summary>Every command that was sent, without what is about the connection alone.</summary>
    internal IEnumerable<string> Commands => string.Concat(_sent).Split('\n', ';')
        .Select(command => command.Trim()).Where(command => command.Length > 0 && !command.StartsWith("prompt", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_target), _stop.Token);
                await Task.WhenAny(CopyAsync(client, server, keep: true), CopyAsync(server, client, keep: false));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // One of the two has gone.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool keep)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;)
        {
            if (keep)
            {
                _sent.Enqueue(Encoding.UTF8.GetString(buffer, 0, read));
            }

            await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }

        if (keep)
        {
            to.Shutdown(SocketShutdown.Send);
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
    }
}
