using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>
/// A client's connection that stays open, by which a test sees whether it survives and which node serves it.
/// </summary>
public sealed class LongLivedConnection : IDisposable
{
    private readonly TcpClient client;
    private readonly StreamReader reader;

    private LongLivedConnection(TcpClient client)
    {
        this.client = client;
        reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    /// <summary>Connects; what is refused throws.</summary>
    /// <param name="port">The port.</param>
    /// <param name="address">The address.</param>
    /// <returns>The open connection.</returns>
    public static async Task<LongLivedConnection> OpenAsync(int port, string address = "127.0.0.1")
    {
        var opened = new TcpClient();
        try
        {
            await opened.ConnectAsync(IPAddress.Parse(address), port);
            return new LongLivedConnection(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Says one line and reads the node's.</summary>
    /// <param name="line">What to say, without a line ending.</param>
    /// <returns>
    /// <c>name: line</c> from the <see cref="StandInNode"/> that serves, or null where the connection has ended or is
    /// silent.
    /// </returns>
    public async Task<string?> SayAsync(string line)
    {
        using var limit = new CancellationTokenSource(HttpProbe.Timeout);
        try
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), limit.Token);
            return await reader.ReadLineAsync(limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
