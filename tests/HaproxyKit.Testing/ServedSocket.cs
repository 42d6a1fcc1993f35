using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>A unix socket of a test's own that serves one connection after the other as the test says, until it is disposed of.</summary>
public sealed class ServedSocket : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<Socket, CancellationToken, Task> serve;
    private readonly Task serving;

    /// <summary>Listens, and serves from now on.</summary>
    /// <param name="serve">What is done with a connection, which is closed afterwards; that its client went away in the midst of it is no fault.</param>
    public ServedSocket(Func<Socket, CancellationToken, Task> serve)
    {
        this.serve = serve;
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen(64);
        serving = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Path => folder.File("served.sock");

    /// <summary>What a client sent, to the end of a line or to its own end.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="limit">Ends the wait.</param>
    /// <returns>The text.</returns>
    public static async Task<string> ReadAsync(Socket socket, CancellationToken limit)
    {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        while ((text.Length == 0 || text[^1] != '\n') && await socket.ReceiveAsync(buffer, limit) is > 0 and var read)
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return text.ToString();
    }

    /// <summary>Sends a text.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">Ends the wait.</param>
    /// <returns>A task that ends when it is sent.</returns>
    public static async Task SendAsync(Socket socket, string text, CancellationToken limit) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), limit);

    /// <summary>Takes the socket's name away: nobody finds it any more.</summary>
    public void Remove() => File.Delete(Path);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
        folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync(stopping.Token);
                await ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await serve(socket, stopping.Token);
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }
}
