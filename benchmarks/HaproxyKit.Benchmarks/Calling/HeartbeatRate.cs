using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaproxyKit.Benchmarks.Applying;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>
/// How many calls that change nothing the webhook answers before a real HAProxy, beside an endpoint on a Kestrel of its own that only reads the
/// same JSON and compares the token: in turn, in one process, with the same load from another one.
/// </summary>
internal static class HeartbeatRate
{
    private const string Token = "a-token-of-the-benchmark-and-of-nothing-else";
    private const int FirstPort = 20_000;
    private const int Rounds = 3;
    private const int Seconds = 4;
    private const int PacedRate = 1_000;
    private static readonly byte[] TokenBytes = Encoding.ASCII.GetBytes($"Bearer {Token}");

    internal static string Body(int frontendPort) =>
        $$"""{"name":"map-{{frontendPort}}","frontendPort":{{frontendPort}},"nodePort":30443,"address":"127.0.0.2","node":"worker-1","instance":"0f1e2d3c"}""";

    /// <summary>Measures, and prints lines of a Markdown table.</summary>
    internal static async Task RunAsync(int mappings)
    {
        await using var haproxy = await MeasuredHaproxy.StartAsync(
            "global\n  stats socket {stats} mode 600 level admin\n  maxconn 200\ndefaults\n  mode tcp\n  timeout connect 1s\n  timeout client 10s\n  timeout server 10s\n"
            + "frontend web\n  bind unix@{folder}/web.sock\n").ConfigureAwait(false);
        await using var webhook = Webhook(haproxy, mappings);
        await webhook.StartAsync().ConfigureAwait(false);
        await using var bare = Bare();
        await bare.StartAsync().ConfigureAwait(false);
        await AnnounceAsync(new Uri(webhook.Urls.First()), mappings).ConfigureAwait(false);

        Console.WriteLine("| Mappings | Connections | Rate | Endpoint | Calls a second | p50 | p99 | Not 200 | Load |");
        Console.WriteLine("|---:|---:|--- |--- |---:|---:|---:|---:|---:|");
        foreach (var (connections, rate) in new[] { (1, 0), (8, 0), (8, PacedRate) })
        {
            for (var round = 0; round < Rounds; round++)
            {
                await TellAsync("bare", bare, "/bare", mappings, connections, rate).ConfigureAwait(false);
                await TellAsync("webhook", webhook, "/v1/phone-home", mappings, connections, rate).ConfigureAwait(false);
            }
        }
    }

    private static async Task TellAsync(string name, WebApplication server, string path, int mappings, int connections, int rate)
    {
        string[] arguments =
            [HeartbeatLoad.Name, $"{new Uri(server.Urls.First()).Port}", path, Token, $"{FirstPort}", $"{mappings}", $"{connections}", $"{Seconds}", $"{rate}"];
        using var load = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = (await load.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim().Split(' ');
        var busy = (await File.ReadAllTextAsync("/proc/loadavg").ConfigureAwait(false)).Split(' ')[0];
        Console.WriteLine($"| {mappings} | {connections} | {(rate == 0 ? "all" : rate)} | {name} | {said[0]} | {said[1]} ms | {said[2]} ms | {said[3]} | {busy} |");
    }

    private static WebApplication Webhook(MeasuredHaproxy haproxy, int mappings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PhoneHome:Server:Listen"] = "127.0.0.1:0",
            ["PhoneHome:Tokens:0:Id"] = "cluster",
            ["PhoneHome:Tokens:0:Secret"] = Token,
            ["PhoneHome:Tokens:0:MaxMappings"] = "20000",
            ["PhoneHome:Tokens:0:NewFrontendsPerHour"] = "20000",
            ["PhoneHome:Policy:NodeNetworks:0"] = "127.0.0.0/8",
            ["PhoneHome:Policy:AddressRule"] = "AnyInNetwork",
            ["PhoneHome:Mappings:StateFolder"] = Path.Combine(haproxy.Folder, "state"),
            ["PhoneHome:Sections:BindAddress"] = "127.0.0.1",

            // Each server costs a descriptor, and 20,000 may be all that there are.
            ["PhoneHome:Sections:SlotCount"] = mappings > 1_000 ? "1" : "8",
            ["Haproxy:ConfigFile"] = haproxy.ConfigPath,
            ["Haproxy:StatsSocket"] = haproxy.StatsSocket,
            ["Haproxy:MasterSocket"] = haproxy.MasterSocket,
        });
        builder.WebHost.UsePhoneHomeServer();
        builder.Services.AddPhoneHomeEndpoints();
        builder.Services.AddPhoneHomeMaintenance();
        var app = builder.Build();
        app.MapPhoneHome();
        return app;
    }

    private static WebApplication Bare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/bare", static async context =>
        {
            var call = await JsonSerializer.DeserializeAsync(context.Request.Body, PhoneHomeJsonContext.Default.PhoneHomeRequest, context.RequestAborted).ConfigureAwait(false);
            var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(context.Request.Headers.Authorization.ToString()), TokenBytes);
            context.Response.StatusCode = call?.Name is not null && isRight ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
            context.Response.ContentLength = 0;
        });
        return app;
    }

    /// <summary>The first calls, which make the mappings.</summary>
    private static async Task AnnounceAsync(Uri webhook, int mappings)
    {
        using var client = new HttpClient { BaseAddress = webhook, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        await Parallel.ForEachAsync(Enumerable.Range(FirstPort, mappings), new ParallelOptions { MaxDegreeOfParallelism = 500 }, async (port, cancellationToken) =>
        {
            for (var attempt = 0; attempt < 100; attempt++)
            {
                using var content = new StringContent(Body(port), Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/v1/phone-home", UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                if (answer.Headers.RetryAfter is null)
                {
                    throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
                }

                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
