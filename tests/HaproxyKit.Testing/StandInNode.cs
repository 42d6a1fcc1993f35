using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>
/// A node behind HAProxy: a small server on an address of its own that says its name to whoever connects.
/// </summary>
/// <remarks>
/// The first line decides. An HTTP request is answered with 200 and the name as the body, and the connection is closed.
/// Any other line opens a long-lived session: each line comes back as <c>name: line</c> until either side closes.
/// </remarks>
public sealed class StandInNode : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly byte[] answer;
    private Socket? listener;
    private Task accepting = Task.CompletedTask;
    private int connections;
    private int requests;

    private StandInNode(string name, IPAddress address, int port)
    {
        Name = name;
        Address = address;
        Port = port;
        var length = Encoding.UTF8.GetByteCount(name);
        answer = Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{name}");
    }

    /// <summary>What it says.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; }

    /// <summary>The port, the same over <see cref="StopAsync"/> and <see cref="Start()"/>.</summary>
    public int Port { get; }

    /// <summary>Connections taken so far, HAProxy's checks among them.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>HTTP requests answered so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => open.Count;

    /// <summary>Starts a node.</summary>
    /// <param name="name">What it shall say: one line of text.</param>
    /// <param name="address">
    /// A loopback address: <c>127.0.0.2</c>, <c>127.0.0.3</c> and so on stand for machines.
    /// </param>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <returns>The listening node.</returns>
    public static StandInNode Start(string name, string address = "127.0.0.2", int port = 0)
    {
        var node = new StandInNode(name, IPAddress.Parse(address), port == 0 ? Ports.Take() : port);
        node.Start();
        return node;
    }

    /// <summary>Listens again after <see cref="StopAsync"/>, at the same address and port.</summary>
    public void Start()
    {
        if (listener is not null)
            throw new InvalidOperationException($"{Name} listens already");
        var socket = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(Address, Port));
        socket.Listen(256);
        listener = socket;
        accepting = AcceptAsync(socket);
    }

    /// <summary>Stops listening and cuts every connection, as a node that is switched off.</summary>
    /// <returns>A task that ends when connecting is refused.</returns>
    public async Task StopAsync()
    {
        if (listener is null)
            return;
        listener.Dispose();
        listener = null;
        await accepting;
        CutConnections();
    }

    /// <summary>Cuts every open connection and goes on listening.</summary>
    public void CutConnections()
    {
        foreach (var socket in open.Keys)
            socket.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AcceptAsync(Socket socket)
    {
        while (true)
        {
            try
            {
                var connection = await socket.AcceptAsync();
                Interlocked.Increment(ref connections);
                open.TryAdd(connection, 0);
                _ = ServeAsync(connection);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: false);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var line = await reader.ReadLineAsync();
            if (line is not null && line.Contains(" HTTP/1.", StringComparison.Ordinal))
                await AnswerAsync(connection, reader);
            else
                await EchoAsync(connection, reader, line);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The peer went away, or the node was stopped: that is what tests do to it.
        }
        finally
        {
            open.TryRemove(connection, out _);
            connection.Dispose();
        }
    }

    private async Task AnswerAsync(Socket connection, StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // Header fields are of no interest.
        }

        Interlocked.Increment(ref requests);
        await connection.SendAsync(answer);
        connection.Shutdown(SocketShutdown.Send);
    }

    private async Task EchoAsync(Socket connection, StreamReader reader, string? line)
    {
        for (; line is not null; line = await reader.ReadLineAsync())
            await connection.SendAsync(Encoding.UTF8.GetBytes($"{Name}: {line}\n"));
    }
}
