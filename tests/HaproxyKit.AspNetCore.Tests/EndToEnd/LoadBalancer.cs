using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HaproxyKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>The whole road, real from end to end: a HAProxy of its own with an operator's file, the webhook on Kestrel before it, HTTP clients.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    internal const string Token = "planted-token-of-the-whole-road";

    /// <summary>Among the settings: the webhook looks after leases and drift as well.</summary>
    internal static readonly (string, string?) Maintained = ("Test:Maintained", "true");

    /// <summary>An operator's file with comments, tabs and odd spacing, none of which may change.</summary>
    internal const string OperatorsFile =
        """
        # Written by hand; mind the tabs.
        global
            stats socket {stats} mode 600 level admin   # for the webhook
            maxconn   300

        defaults
        	mode    http
        	option  httpchk GET /x
        	timeout connect 2s
        	timeout client  1m
        	timeout server  1m

        # the operator's own
        frontend own
            bind 127.0.0.1:{own}
            http-request return status 200 content-type text/plain string "own"

        """;

    private readonly TemporaryFolder _state = new();
    private readonly bool _byMasterSocket;
    private readonly (string Key, string? Value)[] _settings;
    private WebApplication? _webhook;

    private LoadBalancer(HaproxyInstance haproxy, int ownPort, bool byMasterSocket, (string, string?)[] settings) =>
        (Haproxy, OwnPort, _byMasterSocket, _settings, MappingsPath) = (haproxy, ownPort, byMasterSocket, settings, haproxy.ConfigPaths[^1]);

    internal HaproxyInstance Haproxy { get; }

    /// <summary>The port of the operator's own frontend.</summary>
    internal int OwnPort { get; }

    internal HttpClient Client { get; private set; } = new();

    internal CapturedLog Log { get; } = new();

    internal string StateFolder => _state.Path;

    /// <summary>The file that mappings are written into: HAProxy's last, which mostly is its only one.</summary>
    internal string MappingsPath { get; }

    internal string File => System.IO.File.ReadAllText(MappingsPath);

    internal static Task<LoadBalancer> StartAsync(
        string? program = null, string operatorsFile = OperatorsFile, bool byMasterSocket = true, params (string, string?)[] settings) =>
        StartAsync(program, operatorsFile, mappingsFile: null, byMasterSocket, settings);

    /// <param name="program">HAProxy.</param>
    /// <param name="operatorsFile">HAProxy's first file.</param>
    /// <param name="mappingsFile">What a file of the webhook's own holds at first, which HAProxy is given last; null for none.</param>
    /// <param name="byMasterSocket">Whether the webhook knows the master's socket.</param>
    /// <param name="settings">Settings of the webhook.</param>
    internal static async Task<LoadBalancer> StartAsync(
        string? program, string operatorsFile, string? mappingsFile, bool byMasterSocket, params (string, string?)[] settings)
    {
        var ownPort = Ports.Take();
        var haproxy = await HaproxyInstance.StartAsync(new HaproxySetup
        {
            Files = [new("haproxy.cfg", operatorsFile.Replace("{own}", $"{ownPort}")), .. mappingsFile is { } text ? [new HaproxyConfigFile("mappings.cfg", text)] : Array.Empty<HaproxyConfigFile>()],
            Program = program,
        });
        var balancer = new LoadBalancer(haproxy, ownPort, byMasterSocket, settings);
        try
        {
            await balancer.StartWebhookAsync();
            return balancer;
        }
        catch
        {
            await balancer.DisposeAsync();
            throw;
        }
    }

    internal async Task StartWebhookAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.WebHost.UsePhoneHomeServer();
        builder.Services.AddPhoneHomeEndpoints();
        builder.Services.AddPhoneHome();
        if (_settings.Contains(Maintained))
        {
            builder.Services.AddPhoneHomeMaintenance();
        }

        _webhook = builder.Build();
        _webhook.MapPhoneHome();
        await _webhook.StartAsync();
        Client.Dispose();
        Client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_webhook.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    internal async Task StopWebhookAsync()
    {
        if (_webhook is { } webhook)
        {
            _webhook = null;
            await webhook.StopAsync();
            await webhook.DisposeAsync();
        }
    }

    internal async Task<Answer> AddAsync(int port, string address, int nodePort, string? name = null, string? node = null, string? instance = null, string token = Token, string query = "") =>
        await PostAsync(Body("add", port, name, node, instance, address, nodePort), token, query);

    /// <summary>A node calls with members besides those that it needs.</summary>
    internal async Task<Answer> AddWithAsync(int port, string address, int nodePort, string? node, string members)
    {
        var body = Body("add", port, name: null, node, instance: null, address, nodePort);
        foreach (var (key, value) in JsonNode.Parse(members)!.AsObject())
        {
            body[key] = value?.DeepClone();
        }

        return await PostAsync(body, Token);
    }

    internal async Task<Answer> DeleteAsync(int port, string? name = null, string? node = null, string? instance = null) =>
        await PostAsync(Body("delete", port, name, node, instance, address: null, nodePort: null), Token);

    /// <summary>The worker's process id, as the operating system and HAProxy's own socket have it.</summary>
    internal async Task<int> WorkerPidAsync() => await Haproxy.WorkerPidAsync() ?? throw new InvalidOperationException("HAProxy does not answer");

    public async ValueTask DisposeAsync()
    {
        await StopWebhookAsync();
        Client.Dispose();
        await Haproxy.DisposeAsync();
        _state.Dispose();
        Assert.DoesNotContain(Log.Lines, line => line.Contains(Token));
    }

    private static JsonObject Body(string action, int port, string? name, string? node, string? instance, string? address, int? nodePort)
    {
        var body = new JsonObject { ["action"] = action, ["name"] = name ?? $"map-{port}", ["frontendPort"] = port };
        foreach (var (key, value) in new[] { ("node", node), ("instance", instance), ("address", address) }.Where(pair => pair.Item2 is not null))
        {
            body[key] = value;
        }

        if (nodePort is { } number)
        {
            body["nodePort"] = number;
        }

        return body;
    }

    private async Task<Answer> PostAsync(JsonObject body, string token, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/phone-home" + query)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject(), Log);
    }

    /// <summary>The settings of the webhook, which a sample beside it takes as they are.</summary>
    internal Dictionary<string, string?> Settings()
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["PhoneHome:Server:Listen"] = "127.0.0.1:0",
            ["PhoneHome:Tokens:0:Id"] = "cluster",
            ["PhoneHome:Tokens:0:Secret"] = Token,
            ["PhoneHome:Policy:NodeNetworks:0"] = "127.0.0.0/8",
            ["PhoneHome:Policy:AddressRule"] = "AnyInNetwork",
            ["PhoneHome:Policy:NodePorts"] = "1-65535",
            ["PhoneHome:Mappings:StateFolder"] = _state.Path,
            ["PhoneHome:Sections:BindAddress"] = "127.0.0.1",
            ["PhoneHome:Sections:CheckInterval"] = "00:00:00.200",
            ["PhoneHome:Endpoints:AnswerTimeout"] = "00:00:15",
            ["Haproxy:Executable"] = Haproxy.Program,
            ["Haproxy:ConfigFile"] = MappingsPath,
            ["Haproxy:StatsSocket"] = Haproxy.StatsSocket,
            ["Haproxy:PidFile"] = Haproxy.PidFile,
            ["Haproxy:MasterSocket"] = _byMasterSocket ? Haproxy.MasterSocket : null,
        };
        foreach (var (key, value) in _settings)
        {
            values[key] = value;
        }

        return values;
    }

    /// <summary>An answer of the webhook.</summary>
    internal sealed record Answer(int Status, string Text, JsonObject Json, CapturedLog Log)
    {
        internal string? Outcome => (string?)Json["outcome"];

        internal bool? Reloaded => (bool?)Json["reload"];

        internal Answer Expect(int status)
        {
            Assert.True(Status == status, $"expected {status}, got {Status}: {Text}\n{string.Join('\n', Log.Lines.Where(line => line.StartsWith("Critical") || line.StartsWith("Error") || line.StartsWith("Warn")))}");
            return this;
        }
    }
}
