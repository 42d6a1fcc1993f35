using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>
/// What another address of a node takes from the call to the webhook to its answer, and to the first connection through HAProxy that the node at
/// the new address has taken: as percentiles. Nodes move one at a time, with a pause between them.
/// </summary>
internal static class MoveLatency
{
    private const int WarmUps = 200;
    private static readonly string[] Addresses = ["127.0.0.2", "127.0.0.3"];

    /// <summary>Measures, and prints one line of a Markdown table.</summary>
    internal static async Task RunAsync(int mappings, int moves, TimeSpan pause)
    {
        using var first = Listen(Addresses[0]);
        using var second = Listen(Addresses[1]);
        await using var webhook = await MeasuredWebhook.StartAsync(mappings).ConfigureAwait(false);
        var (at, answered, served) = (new int[mappings], new double[moves], new double[moves]);
        var reloads = await webhook.CountReloadsAsync().ConfigureAwait(false);
        for (var i = -WarmUps; i < moves; i++)
        {
            var mapping = (i + WarmUps) * 7_919 % mappings;
            at[mapping] = 1 - at[mapping];
            await Task.Delay(i < 0 ? TimeSpan.Zero : pause).ConfigureAwait(false);
            var start = Stopwatch.GetTimestamp();
            await webhook.CallAsync(MeasuredWebhook.Body(MeasuredWebhook.FirstPort + mapping, Addresses[at[mapping]])).ConfigureAwait(false);
            var answer = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await ConnectAsync(MeasuredWebhook.FirstPort + mapping, at[mapping]).ConfigureAwait(false);
            if (i >= 0)
            {
                (answered[i], served[i]) = (answer, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        reloads = await webhook.CountReloadsAsync().ConfigureAwait(false) - reloads;
        Array.Sort(answered);
        Array.Sort(served);
        Console.WriteLine("| Mappings | HAProxy | Moves | Answered p50 | p99 | Traffic p50 | p99 | Reloads | Load |");
        Console.WriteLine("|---:|--- |---:|---:|---:|---:|---:|---:|---:|");
        var load = (await File.ReadAllTextAsync("/proc/loadavg").ConfigureAwait(false)).Split(' ')[0];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {mappings} | {webhook.HaproxyVersion} | {moves} | {At(answered, 0.5):F1} ms | {At(answered, 0.99):F1} ms | {At(served, 0.5):F1} ms | {At(served, 0.99):F1} ms | {reloads} | {load} |"));
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    /// <summary>A node that tells each who connects which of the two it is.</summary>
    private static TcpListener Listen(string address)
    {
        var node = new TcpListener(IPAddress.Parse(address), MeasuredWebhook.NodePort);
        node.Start();
        _ = ServeAsync(node, (byte)Array.IndexOf(Addresses, address));
        return node;
    }

    private static async Task ServeAsync(TcpListener node, byte name)
    {
        while (node.Server.IsBound)
        {
            try
            {
                using var socket = await node.AcceptSocketAsync().ConfigureAwait(false);
                await socket.SendAsync(new[] { name }).ConfigureAwait(false);

                // To close before the other side does would be to reset, and to lose what was sent.
                await socket.ReceiveAsync(new byte[1]).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task ConnectAsync(int port, int expected)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
        var name = new byte[1];
        if (await socket.ReceiveAsync(name).ConfigureAwait(false) != 1 || name[0] != expected)
        {
            throw new InvalidOperationException($"port {port} does not lead to {Addresses[expected]}");
        }
    }
}
