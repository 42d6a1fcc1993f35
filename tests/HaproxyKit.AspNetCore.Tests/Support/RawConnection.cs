using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>A client that writes HTTP by hand, as slowly, as long or as wrongly as a test wants.</summary>
internal sealed class RawConnection : IDisposable
{
    private RawConnection(NetworkStream stream) => Stream = stream;

    internal NetworkStream Stream { get; }

    internal static async Task<RawConnection> OpenAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port);
        return new RawConnection(new NetworkStream(socket, ownsSocket: true));
    }

    internal ValueTask WriteAsync(string text) => Stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>
    /// Writes a body of so many bytes, from one small buffer, until it is through or the server has had enough.
    /// </summary>
    /// <returns>How many bytes were taken.</returns>
    internal async Task<long> WriteBodyAsync(long length, bool isChunked)
    {
        var piece = new byte[16 * 1024];
        piece.AsSpan().Fill((byte)' ');
        var written = 0L;
        try
        {
            while (written < length)
            {
                var next = (int)Math.Min(piece.Length, length - written);
                await WriteAsync(isChunked ? $"{next:x}\r\n" : "");
                await Stream.WriteAsync(piece.AsMemory(0, next));
                await WriteAsync(isChunked ? "\r\n" : "");
                written += next;
            }

            await WriteAsync(isChunked ? "0\r\n\r\n" : "");
        }
        catch (IOException)
        {
            return written;
        }

        return written;
    }

    /// <summary>Reads until the server closes, or a reset ends it.</summary>
    internal async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int length;
            while ((length = await Stream.ReadAsync(buffer)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (IOException)
        {
            return text.ToString();
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();
}
