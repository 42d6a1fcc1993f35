using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>A client that asks once, on a connection of its own.</summary>
public static class HttpProbe
{
    /// <summary>How long one question may take.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Opens a new connection, sends <c>GET / HTTP/1.0</c>, and reads the answer to its end.</summary>
    /// <param name="port">The port.</param>
    /// <param name="address">The address.</param>
    /// <returns>
    /// The body of a 200 answer, which a <see cref="StandInNode"/> fills with its name; null where the connection was
    /// refused, reset or silent, or where the answer was another, such as HAProxy's own 503.
    /// </returns>
    public static async Task<string?> AskAsync(int port, string address = "127.0.0.1")
    {
        using var limit = new CancellationTokenSource(Timeout);
        using var client = new TcpClient(IPAddress.Parse(address).AddressFamily);
        try
        {
            await client.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.0\r\nHost: {address}\r\n\r\n"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return BodyOfSuccess(await reader.ReadToEndAsync(limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits until new connections reach a node, and fails the test where they do not.</summary>
    /// <param name="port">The port of HAProxy's frontend.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="timeout">The deadline, or null for <see cref="Eventually.DefaultTimeout"/>.</param>
    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> ReachesAsync(int port, string name, TimeSpan? timeout = null) =>
        Eventually.EqualAsync(name, () => AskAsync(port), $"the node behind port {port}", timeout);

    /// <summary>Tells whether a port is closed: whether a new connection to it is refused, as nobody listens.</summary>
    /// <param name="port">The port, at 127.0.0.1.</param>
    /// <returns>True where a connection was refused; false where one was made.</returns>
    public static async Task<bool> IsRefusedAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static string? BodyOfSuccess(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var isSuccess = answer.StartsWith("HTTP/1.0 200 ", StringComparison.Ordinal)
            || answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        return isSuccess && end >= 0 ? answer[(end + 4)..] : null;
    }
}
