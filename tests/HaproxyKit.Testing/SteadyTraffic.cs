using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>
/// Clients that open new connections all the time, one after the other, and others that keep theirs open and go on talking; bounded in number
/// and time.
/// </summary>
public sealed class SteadyTraffic : IAsyncDisposable
{
    private const int Openers = 4;
    private const int MaxConnections = 100_000;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n");

    private readonly CancellationTokenSource stopping = new(LongestLife);
    private readonly ConcurrentQueue<string> failures = new();
    private readonly List<(LongLivedConnection Connection, string Node)> kept = [];
    private readonly IPEndPoint target;
    private readonly Task[] opening;
    private Task keeping = Task.CompletedTask;
    private int succeeded;
    private int lines;

    private SteadyTraffic(int port)
    {
        target = new IPEndPoint(IPAddress.Loopback, port);
        opening = [.. Enumerable.Range(0, Openers).Select(_ => Task.Run(OpenAsync))];
    }

    /// <summary>New connections that were answered by a node.</summary>
    public int Succeeded => Volatile.Read(ref succeeded);

    /// <summary>Lines that long-lived connections have had answered.</summary>
    public int Lines => Volatile.Read(ref lines);

    /// <summary>What did not go as it should, new connections and long-lived ones.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <param name="port">HAProxy's port.</param>
    /// <param name="longLived">How many connections are kept open.</param>
    public static async Task<SteadyTraffic> StartAsync(int port, int longLived)
    {
        var traffic = new SteadyTraffic(port);
        for (var i = 0; i < longLived; i++)
        {
            var connection = await LongLivedConnection.OpenAsync(port);
            traffic.kept.Add((connection, (await connection.SayAsync("hello"))?.Split(':')[0] ?? "nobody"));
        }

        traffic.keeping = Task.Run(traffic.TalkAsync);
        await Eventually.TrueAsync(() => traffic.Succeeded > Openers, "traffic flows");
        return traffic;
    }

    /// <summary>Lets all that has begun come to its end.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll([.. opening, keeping]);
        await SayAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll([.. opening, keeping]);
        foreach (var (connection, _) in kept)
            connection.Dispose();
        stopping.Dispose();
    }

    private async Task OpenAsync()
    {
        var buffer = new byte[1024];
        while (!stopping.IsCancellationRequested && Succeeded < MaxConnections)
        {
            var watch = Stopwatch.StartNew();
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                using var limit = new CancellationTokenSource(Patience);
                await socket.ConnectAsync(target, limit.Token);
                await socket.SendAsync(Request, limit.Token);
                var had = 0;
                for (int read; (read = await socket.ReceiveAsync(buffer.AsMemory(had), limit.Token)) > 0;)
                    had += read;
                if (Encoding.ASCII.GetString(buffer, 0, had).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                    Interlocked.Increment(ref succeeded);
                else
                    failures.Enqueue($"a new connection got {had} bytes after {watch.ElapsedMilliseconds} ms");
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                failures.Enqueue($"a new connection after {watch.ElapsedMilliseconds} ms: {e.Message}");
            }

            await Task.Delay(Pause);
        }
    }

    private async Task TalkAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await SayAllAsync();
            await Task.Delay(Pause * 10);
        }
    }

    private async Task SayAllAsync()
    {
        foreach (var (connection, node) in kept)
        {
            var line = $"line {lines}";
            var answer = await connection.SayAsync(line);
            if (answer == $"{node}: {line}")
                lines++;
            else
                failures.Enqueue($"a long-lived connection to {node}: {answer ?? "it was cut"}");
        }
    }
}
