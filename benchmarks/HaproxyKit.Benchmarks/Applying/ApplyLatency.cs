using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks.Applying;

/// <summary>
/// What another address of one server takes, from the request until the file has it and a real HAProxy was read back: as percentiles, from a
/// server that is up and from one that HAProxy's checks hold down.
/// </summary>
internal static class ApplyLatency
{
    private const int WarmUps = 50;
    private const string Checked = "checked";
    private static readonly TimeSpan DownLimit = TimeSpan.FromSeconds(10);
    private static HaproxyConfig s_config = new();

    /// <summary>Measures, and prints one line of a Markdown table for each start.</summary>
    internal static async Task RunAsync(int backends, int changes)
    {
        using var node = new TcpListener(IPAddress.Loopback, 0);
        node.Start();
        var port = ((IPEndPoint)node.LocalEndpoint).Port;
        await using var haproxy = await MeasuredHaproxy.StartAsync(Configuration(backends, port)).ConfigureAwait(false);
        using var deployer = haproxy.Deployer();
        Console.WriteLine("| Backends | HAProxy | The server was | Changes | p50 | p99 | Worst | Reloads | Load |");
        Console.WriteLine("|---:|--- |--- |---:|---:|---:|---:|---:|---:|");

        var hosts = 0;
        for (var i = 0; i < WarmUps; i++)
        {
            _ = await ApplyAsync(deployer, $"b{i % backends}", Next(), port).ConfigureAwait(false);
        }

        var up = await MeasureAsync(changes, i => ApplyAsync(deployer, $"b{i * 7_919 % backends}", Next(), port)).ConfigureAwait(false);
        Tell("up", up);

        var down = await MeasureAsync(Math.Max(5, changes / 20), async _ =>
        {
            // Nobody listens at the other port, so that the next check holds the server down.
            await ApplyAsync(deployer, Checked, "127.0.0.1", port: 1).ConfigureAwait(false);
            await haproxy.WaitUntilDownAsync(Checked, DownLimit).ConfigureAwait(false);
            return await ApplyAsync(deployer, Checked, "127.0.0.1", port).ConfigureAwait(false);
        }).ConfigureAwait(false);
        Tell("down", down);

        string Next() => $"127.{1 + (hosts / 250 % 250)}.{hosts++ % 250}.1";

        void Tell(string start, (double[] Milliseconds, int Reloads) measured)
        {
            var sorted = measured.Milliseconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {backends} | {haproxy.Version} | {start} | {sorted.Length} | {At(0.5):F2} ms | {At(0.99):F2} ms | {sorted[^1]:F2} ms | {measured.Reloads} | {File.ReadAllText("/proc/loadavg").Split(' ')[0]} |"));

            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        }
    }

    private static async Task<(double[] Milliseconds, int Reloads)> MeasureAsync(int changes, Func<int, Task<(double Milliseconds, bool Reloaded)>> change)
    {
        var times = new double[changes];
        var reloads = 0;
        for (var i = 0; i < changes; i++)
        {
            (times[i], var reloaded) = await change(i).ConfigureAwait(false);
            reloads += reloaded ? 1 : 0;
        }

        Array.Sort(times);
        return (times, reloads);
    }

    private static async Task<(double Milliseconds, bool Reloaded)> ApplyAsync(Deployer deployer, string backend, string host, int port)
    {
        var request = new DeploymentRequest
        {
            Edit = document => Moved(document, backend, host, port),
            Undo = static document => document,
            IsManaged = static name => name != "web",
        };
        var start = Stopwatch.GetTimestamp();
        var result = await deployer.ApplyAsync(request).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return result.Outcome == DeploymentOutcome.Applied
            ? (took, result.Reloaded)
            : throw new InvalidOperationException($"{result.Outcome}: {string.Join("; ", result.Diagnostics)}");
    }

    private static ConfigDocument Moved(ConfigDocument document, string backend, string host, int port)
    {
        // A program that changes one file again and again keeps its index of names.
        if (!ReferenceEquals(s_config.Document, document))
        {
            s_config = new HaproxyConfig(document);
        }

        s_config.Backends[backend].Servers[0].Address = new Address(host, port);
        return s_config.Document;
    }

    private static string Configuration(int backends, int port) => string.Concat(
        (string[])[
            $$"""
            global
              stats socket {stats} mode 600 level admin
              maxconn 1000
              hard-stop-after 10s
            defaults
              mode tcp
              timeout connect 1s
              timeout client 10s
              timeout server 10s
            frontend web
              bind unix@{folder}/web.sock
              default_backend b0
            backend {{Checked}}
              server s1 127.0.0.1:{{port}} check inter 100ms rise 20 fall 1

            """,
            .. Enumerable.Range(0, backends).Select(i => $"backend b{i}\n  server s1 127.0.0.1:{port} weight 10\n")
        ]);
}
