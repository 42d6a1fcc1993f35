using System.Net;
using System.Text;
using HaproxyKit.Benchmarks.Applying;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>
/// The webhook before a real HAProxy of its own, whose file holds its mappings from the start: one node each, without checks, which would cost
/// more than what is measured.
/// </summary>
internal sealed class MeasuredWebhook : IAsyncDisposable
{
    internal const string Token = "a-token-of-the-benchmark-and-of-nothing-else";
    internal const string CallPath = "/v1/phone-home";
    internal const int FirstPort = 20_000;
    internal const int NodePort = 30_443;
    private const string Owner = "cluster";
    private const string BindAddress = "127.0.0.1";

    private readonly MeasuredHaproxy haproxy;
    private readonly WebApplication app;
    private readonly HttpClient client = new();

    private MeasuredWebhook(MeasuredHaproxy haproxy)
    {
        this.haproxy = haproxy;
        app = Build(haproxy);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    internal string Url => app.Urls.First();

    internal string HaproxyVersion => haproxy.Version;

    internal static string Body(int frontendPort, string address = "127.0.0.2") =>
        $$$"""{"name":"map-{{{frontendPort}}}","frontendPort":{{{frontendPort}}},"nodePort":{{{NodePort}}},"address":"{{{address}}}","node":"worker-1","instance":"0f1e2d3c","check":{"kind":"none"}}""";

    internal static async Task<MeasuredWebhook> StartAsync(int mappings)
    {
        var operators = ConfigDocument.Parse(
            "global\n  stats socket {stats} mode 600 level admin\n  maxconn 200\ndefaults\n  mode tcp\n  timeout connect 1s\n  timeout client 10s\n  timeout server 10s\n"
            + "frontend web\n  bind unix@{folder}/web.sock\n");
        var sections = new MappingSections(new MappingSectionOptions { BindAddress = BindAddress, SlotCount = 1 });
        var text = sections.Apply(operators, Enumerable.Range(FirstPort, mappings).Select(NewMapping)).ToString();
        var webhook = new MeasuredWebhook(await MeasuredHaproxy.StartAsync(text).ConfigureAwait(false));
        try
        {
            await webhook.app.StartAsync().ConfigureAwait(false);
            for (var i = 0; i < mappings; i++)
            {
                await webhook.CallAsync(Body(FirstPort + i)).ConfigureAwait(false);
            }

            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls, and fails where the answer is not 200.</summary>
    internal async Task CallAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(new Uri(Url), CallPath), content).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync().ConfigureAwait(false));
        }
    }

    internal Task<int> CountReloadsAsync() => haproxy.CountReloadsAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync().ConfigureAwait(false);
        await haproxy.DisposeAsync().ConfigureAwait(false);
    }

    private static Mapping NewMapping(int port) => new()
    {
        Name = $"map-{port}",
        FrontendPort = port,
        Owner = Owner,
        Lease = TimeSpan.FromHours(1),
        Settings = MappingSettings.Default with { Check = new NodeCheck { Kind = HealthCheckKind.None } },
        Nodes = [new MappingNode { Node = "worker-1", Address = IPAddress.Parse("127.0.0.2"), Port = NodePort, Instances = ["0f1e2d3c"] }],
    };

    private static WebApplication Build(MeasuredHaproxy haproxy)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PhoneHome:Server:Listen"] = "127.0.0.1:0",
            ["PhoneHome:Tokens:0:Id"] = Owner,
            ["PhoneHome:Tokens:0:Secret"] = Token,
            ["PhoneHome:Tokens:0:MaxMappings"] = "20000",
            ["PhoneHome:Tokens:0:NewFrontendsPerHour"] = "20000",
            ["PhoneHome:Policy:NodeNetworks:0"] = "127.0.0.0/8",
            ["PhoneHome:Policy:AddressRule"] = "AnyInNetwork",
            ["PhoneHome:Mappings:StateFolder"] = Path.Combine(haproxy.Folder, "state"),
            ["PhoneHome:Sections:BindAddress"] = BindAddress,
            ["PhoneHome:Sections:SlotCount"] = "1",
            ["PhoneHome:Endpoints:AnswerTimeout"] = "00:01:00",
            ["Haproxy:ConfigFile"] = haproxy.ConfigPath,
            ["Haproxy:StatsSocket"] = haproxy.StatsSocket,
            ["Haproxy:MasterSocket"] = haproxy.MasterSocket,
        });
        builder.WebHost.UsePhoneHomeServer();
        builder.Services.AddPhoneHomeEndpoints();
        builder.Services.AddPhoneHomeMaintenance();
        var built = builder.Build();
        built.MapPhoneHome();
        return built;
    }
}
