using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.Testing;

/// <summary>
/// Free TCP ports for listeners, each handed out once, also across test processes that run side by side.
/// </summary>
/// <remarks>
/// The ports lie outside the range from which the kernel takes the local ports of outgoing connections: such a port
/// may be free now and taken a moment later. A process owns whole blocks of ports, by holding an abstract unix socket
/// named for the block: the kernel frees it when the process ends, however it ends, and no file is left.
/// </remarks>
public static class Ports
{
    private const int BlockSize = 100;
    private const int Lowest = 10_000;
    private static readonly Lock Gate = new();
    private static readonly List<Socket> OwnedBlocks = [];
    private static readonly Queue<int> Owned = new();
    private static readonly Queue<int> Blocks = new(ShuffledBlocks());

    /// <summary>Takes a port on which nothing listens, on any address of this machine.</summary>
    /// <returns>The port. Nothing is bound to it; connecting to it is refused until the test listens there.</returns>
    /// <exception cref="InvalidOperationException">All ports have been handed out.</exception>
    public static int Take()
    {
        lock (Gate)
        {
            while (true)
            {
                if (Owned.Count == 0)
                    OwnNextBlock();
                var port = Owned.Dequeue();
                if (IsFree(port))
                    return port;
            }
        }
    }

    private static int[] ShuffledBlocks()
    {
        var (first, last) = EphemeralRange();
        var blocks = Enumerable.Range(0, (65_536 - Lowest) / BlockSize)
            .Select(i => Lowest + (i * BlockSize))
            .Where(start => start + BlockSize - 1 < first || start > last)
            .ToArray();
        Random.Shared.Shuffle(blocks);
        return blocks;
    }

    private static (int First, int Last) EphemeralRange()
    {
        const string Setting = "/proc/sys/net/ipv4/ip_local_port_range";
        if (!File.Exists(Setting))
            return (49_152, 65_535);
        var words = File.ReadAllText(Setting).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static void OwnNextBlock()
    {
        while (Blocks.TryDequeue(out var start))
        {
            var owner = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                owner.Bind(new UnixDomainSocketEndPoint($"\0haproxykit-test-ports-{start}"));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                owner.Dispose();
                continue;
            }

            OwnedBlocks.Add(owner);
            foreach (var port in Enumerable.Range(start, BlockSize))
                Owned.Enqueue(port);
            return;
        }

        throw new InvalidOperationException("Every TCP port outside the ephemeral range has been handed out");
    }

    private static bool IsFree(int port)
    {
        var any = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        using var socket = new Socket(any.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (Socket.OSSupportsIPv6)
            socket.DualMode = true;
        try
        {
            socket.Bind(new IPEndPoint(any, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
