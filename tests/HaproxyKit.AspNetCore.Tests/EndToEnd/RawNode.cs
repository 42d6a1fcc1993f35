using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>A node that remembers what came before the request on each connection, and answers requests for one path with a status of its own.</summary>
internal sealed class RawNode : IAsyncDisposable
{
    private static readonly byte[] SecondVersion = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    private readonly TcpListener _listener;
    private readonly string _name;
    private readonly string _checkPath;
    private readonly bool _needsHeader;
    private readonly Task _accepting;
    private volatile int _status = 200;

    private RawNode(string name, string address, string checkPath, bool needsHeader)
    {
        (_name, _checkPath, _needsHeader) = (name, checkPath, needsHeader);
        _listener = new TcpListener(IPAddress.Parse(address), Ports.Take());
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What requests for the path of checks are answered with.</summary>
    internal int CheckStatus { set => _status = value; }

    /// <summary>The PROXY protocol's headers that came, each with the first line of its request.</summary>
    internal ConcurrentQueue<(byte[] Header, string Request)> Seen { get; } = [];

    internal static RawNode Start(string name, string address, string checkPath = "/ready", bool needsHeader = false) => new(name, address, checkPath, needsHeader);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var (header, request) = await ReadAsync(stream);
                Seen.Enqueue((header, request));
                var status = _needsHeader && header.Length == 0 ? 400 : request.Contains($" {_checkPath} ", StringComparison.Ordinal) ? _status : 200;
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\nContent-Length: {_name.Length}\r\nConnection: close\r\n\r\n{_name}"));
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // A check that only connects goes away at once.
            }
        }
    }

    private static async Task<(byte[] Header, string Request)> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var length = HeaderLength([.. bytes]);
            var request = Encoding.Latin1.GetString([.. bytes.Skip(length ?? 0)]);
            if (length is { } header && request.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                return ([.. bytes.Take(header)], request[..request.IndexOf('\r')]);
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                throw new IOException("closed before a request came");
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    /// <summary>How many bytes the header has; null while that cannot be told.</summary>
    private static int? HeaderLength(byte[] bytes) =>
        bytes.Length < 16 ? null
        : bytes.AsSpan().StartsWith(SecondVersion) ? 16 + (bytes[14] << 8) + bytes[15] is var length && bytes.Length >= length ? length : null
        : bytes.AsSpan().StartsWith("PROXY "u8) ? bytes.AsSpan().IndexOf("\r\n"u8) is >= 0 and var end ? end + 2 : null
        : 0;
}
