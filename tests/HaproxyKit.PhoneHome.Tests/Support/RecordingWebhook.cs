using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>
/// A server on a real Kestrel that remembers every call, answers as told, and tells an address at <c>/ip</c>.
/// </summary>
internal sealed class RecordingWebhook : IAsyncDisposable
{
    internal const string ServedBody =
        """{"name":"traefik","frontendPort":8443,"outcome":"created","reload":true,"revision":"r1"}""";

    private readonly WebApplication app;

    private RecordingWebhook(WebApplication app) => this.app = app;

    /// <summary>Where it listens, without a slash behind.</summary>
    internal string Url => app.Urls.First();

    /// <summary>The calls, but for those to <c>/ip</c>.</summary>
    internal ConcurrentQueue<RecordedCall> Calls { get; } = new();

    /// <summary>What answers the n-th call, counted from 1.</summary>
    internal Func<int, HttpResponse, Task> Answer { get; set; } = (_, response) => response.WriteAsync(ServedBody);

    /// <summary>What <c>/ip</c> says to the n-th question, counted from 1.</summary>
    internal Func<int, string> Address { get; set; } = n => $"203.0.113.{n}\n";

    internal static async Task<RecordingWebhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var webhook = new RecordingWebhook(builder.Build());
        var questions = 0;
        webhook.app.Run(context => context.Request.Path == "/ip"
            ? context.Response.WriteAsync(webhook.Address(Interlocked.Increment(ref questions)))
            : webhook.RecordAsync(context));
        await webhook.app.StartAsync();
        return webhook;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task RecordAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        int number;
        lock (Calls)
        {
            Calls.Enqueue(new RecordedCall(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.Authorization,
                context.Request.Headers["X-Funkypenguin-Token"],
                context.Request.ContentType,
                body));
            number = Calls.Count;
        }

        await Answer(number, context.Response);
    }
}
