using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>One command on a unix socket of HAProxy, independent of the code under test.</summary>
public static class UnixSocketCall
{
    /// <summary>How long one call may take.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Sends one line on a connection of its own and reads until HAProxy closes.</summary>
    /// <param name="path">The stats socket or the master socket.</param>
    /// <param name="command">The command, without its line ending.</param>
    /// <returns>
    /// The answer as it came, or null where nobody answered: no socket, refused, reset, or no answer in time.
    /// </returns>
    public static async Task<string?> AskAsync(string path, string command)
    {
        using var limit = new CancellationTokenSource(Timeout);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"), limit.Token);
            // The master socket stays open after an answer unless the caller has closed its half.
            socket.Shutdown(SocketShutdown.Send);
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, limit.Token);
            return Encoding.UTF8.GetString(answer.ToArray());
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
