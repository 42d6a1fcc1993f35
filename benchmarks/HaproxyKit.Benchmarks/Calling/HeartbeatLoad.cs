using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>
/// Sends the same calls again and again over kept connections, in a process of its own, so that it shares no threads and no collector with what
/// it measures. It does as little as it can: the bytes are made before, and of the answers only their end is looked for.
/// </summary>
internal static class HeartbeatLoad
{
    internal const string Name = "heartbeat-load";

    /// <summary>Sends for some seconds, and prints the calls a second, the percentiles of their times in milliseconds, and how many were not answered with 200.</summary>
    /// <param name="arguments">Port, path, token, first frontend port, mappings, connections, seconds, calls a second in all (0: as many as go).</param>
    internal static async Task RunAsync(string[] arguments)
    {
        var (port, path, token) = (Number(arguments[0]), arguments[1], arguments[2]);
        var (first, mappings, connections, seconds, rate) =
            (Number(arguments[3]), Number(arguments[4]), Number(arguments[5]), Number(arguments[6]), Number(arguments[7]));
        byte[][] calls = [.. Enumerable.Range(0, mappings).Select(i => Call(path, token, first + i))];
        var results = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(connection => Task.Run(() => Send(port, calls, connection, connections, seconds, rate)))).ConfigureAwait(false);
        var times = results.SelectMany(result => result.Milliseconds).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{times.Length / (double)seconds:F0} {times[times.Length / 2]:F3} {times[(int)(times.Length * 0.99)]:F3} {results.Sum(result => result.Others)}"));
    }

    private static (List<double> Milliseconds, int Others) Send(int port, byte[][] calls, int connection, int connections, int seconds, int rate)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var (times, others) = (new List<double>(), 0);

        // Nobody sets it: to wait for it is to sleep.
        using var never = new ManualResetEventSlim();
        var buffer = new byte[16 * 1024];
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds; i++)
        {
            // Paced, a call that comes late counts from when it was due.
            var sent = rate == 0 ? Stopwatch.GetTimestamp() : begun + (long)(Stopwatch.Frequency * ((double)i * connections / rate));
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), sent) is var early && early > TimeSpan.Zero)
            {
                never.Wait(early);
                sent = Math.Min(sent, Stopwatch.GetTimestamp());
            }

            socket.Send(calls[((i * connections) + connection) % calls.Length]);
            others += ReadAnswer(socket, buffer) ? 0 : 1;
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return (times, others);
    }

    /// <returns>Whether the answer is 200.</returns>
    private static bool ReadAnswer(Socket socket, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0)
            {
                throw new IOException("the connection was closed");
            }

            length += read;
            if (IsWhole(buffer.AsSpan(0, length)))
            {
                return buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var at = answer[..end].IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8);
        }

        var digits = answer[(at + "Content-Length: ".Length)..end];
        digits = digits.IndexOf((byte)'\r') is >= 0 and var line ? digits[..line] : digits;
        return answer.Length == end + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static byte[] Call(string path, string token, int frontendPort)
    {
        var body = MeasuredWebhook.Body(frontendPort);
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
