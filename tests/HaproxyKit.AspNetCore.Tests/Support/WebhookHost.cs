using System.Net.Http.Headers;
using System.Text;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>
/// The webhook as a host runs it, on a real Kestrel on a free port, with a scripted reconciler behind it.
/// </summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    internal const string Token = "planted-token-of-cluster-a";
    internal const string OtherToken = "planted-token-of-cluster-b";

    internal const string Ours = "/v1/phone-home";
    internal const string Incumbents = "/hooks/update-haproxy";

    internal const string OurBody = """{"name":"traefik","frontendPort":8443,"nodePort":30443,"address":"203.0.113.7"}""";

    internal const string IncumbentBody = """
        {"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","action":"add","name":"traefik","send-proxy":""}
        """;

    private readonly WebApplication app;

    private WebhookHost(WebApplication app, ScriptedPhoneHome phoneHome, CapturedLog log)
    {
        this.app = app;
        PhoneHome = phoneHome;
        Log = log;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Address };
    }

    internal ScriptedPhoneHome PhoneHome { get; }

    internal CapturedLog Log { get; }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal IServiceProvider Services => app.Services;

    /// <summary>Starts a webhook that knows two tokens and the nodes of 203.0.113.0/24.</summary>
    /// <param name="settings">Settings besides, such as <c>PhoneHome:Policy:FrontendPorts</c>.</param>
    internal static async Task<WebhookHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["PhoneHome:Server:Listen"] = "127.0.0.1:0",
            ["PhoneHome:Tokens:0:Id"] = "cluster-a",
            ["PhoneHome:Tokens:0:Secret"] = Token,
            ["PhoneHome:Tokens:1:Id"] = "cluster-b",
            ["PhoneHome:Tokens:1:Secret"] = OtherToken,
            ["PhoneHome:Policy:NodeNetworks:0"] = "203.0.113.0/24",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(values);
        var log = new CapturedLog();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        var phoneHome = new ScriptedPhoneHome();
        builder.Services.AddSingleton<IPhoneHome>(phoneHome);
        builder.WebHost.UsePhoneHomeServer();
        builder.Services.AddPhoneHomeEndpoints();
        var webhook = builder.Build();
        try
        {
            webhook.MapPhoneHome();
            await webhook.StartAsync();
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }

        return new WebhookHost(webhook, phoneHome, log);
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = Token, string? body = null, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        if (token is not null)
        {
            Present(request, token, asIncumbent: false);
        }

        if (lastEventId is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId));
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    internal Task<HttpResponseMessage> PostOursAsync(string body, string? token = Token) => PostAsync(Ours, body, token);

    internal Task<HttpResponseMessage> PostIncumbentsAsync(string body, string? token = Token) =>
        PostAsync(Incumbents, body, token);

    internal async Task<HttpResponseMessage> PostAsync(string path, string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        if (token is not null)
        {
            Present(request, token, asIncumbent: path == Incumbents);
        }

        return await Client.SendAsync(request);
    }

    internal static void Present(HttpRequestMessage request, string token, bool asIncumbent) =>
        Assert.True(asIncumbent
            ? request.Headers.TryAddWithoutValidation("X-Funkypenguin-Token", token)
            : request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token));

    internal static ByteArrayContent Json(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Token) || line.Contains(OtherToken));
    }
}
