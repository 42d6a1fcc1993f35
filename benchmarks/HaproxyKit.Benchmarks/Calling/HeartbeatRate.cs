using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>
/// How many calls that change nothing the webhook answers before a real HAProxy, beside an endpoint on a Kestrel of its own that only reads the
/// same JSON and compares the token: in turn, in one process, with the same load from another one.
/// </summary>
internal static class HeartbeatRate
{
    private const int Rounds = 3;
    private const int Seconds = 4;
    private const int PacedRate = 1_000;
    private static readonly byte[] TokenBytes = Encoding.ASCII.GetBytes($"Bearer {MeasuredWebhook.Token}");

    /// <summary>Measures, and prints lines of a Markdown table.</summary>
    internal static async Task RunAsync(int mappings)
    {
        await using var webhook = await MeasuredWebhook.StartAsync(mappings).ConfigureAwait(false);
        await using var bare = Bare();
        await bare.StartAsync().ConfigureAwait(false);

        Console.WriteLine("| Mappings | Connections | Rate | Endpoint | Calls a second | p50 | p99 | Not 200 | Load |");
        Console.WriteLine("|---:|---:|--- |--- |---:|---:|---:|---:|---:|");
        foreach (var (connections, rate) in new[] { (1, 0), (8, 0), (8, PacedRate) })
        {
            for (var round = 0; round < Rounds; round++)
            {
                await TellAsync("bare", bare.Urls.First(), "/bare", mappings, connections, rate).ConfigureAwait(false);
                await TellAsync("webhook", webhook.Url, MeasuredWebhook.CallPath, mappings, connections, rate).ConfigureAwait(false);
            }
        }
    }

    private static async Task TellAsync(string name, string url, string path, int mappings, int connections, int rate)
    {
        string[] arguments =
            [HeartbeatLoad.Name, $"{new Uri(url).Port}", path, MeasuredWebhook.Token, $"{MeasuredWebhook.FirstPort}", $"{mappings}", $"{connections}", $"{Seconds}", $"{rate}"];
        using var load = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = (await load.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim().Split(' ');
        var busy = (await File.ReadAllTextAsync("/proc/loadavg").ConfigureAwait(false)).Split(' ')[0];
        Console.WriteLine($"| {mappings} | {connections} | {(rate == 0 ? "all" : rate)} | {name} | {said[0]} | {said[1]} ms | {said[2]} ms | {said[3]} | {busy} |");
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
}
