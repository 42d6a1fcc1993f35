using System.Diagnostics;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Calling;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>The clients that there are, unchanged, against the endpoints.</summary>
public sealed class ClientTests
{
    /// <summary>The incumbent's container: a shell, curl, the environment, and the action as only argument.</summary>
    private const string IncumbentClient = """
        curl --silent --show-error --fail-with-body \
          -H "Content-Type:application/json" \
          -H "X-Funkypenguin-Token:$WEBHOOK_TOKEN" \
          -X POST \
          -d "{\"dst-ip\":\"$DST_IP\",\"frontend-port\":\"$FRONTEND_PORT\",\"backend-port\":\"$BACKEND_PORT\",\"action\":\"$1\",\"name\":\"$NAME\",\"send-proxy\":\"$SEND_PROXY\"}" \
          $WEBHOOK
        """;

    [Fact]
    public async Task The_incumbents_shell_client_is_served()
    {
        await using var host = await WebhookHost.StartAsync();

        var (added, addedCode) = await RunShellAsync(host, "add", "203.0.113.7");
        var (deleted, deletedCode) = await RunShellAsync(host, "delete", "203.0.113.7");

        Assert.True(addedCode == 0, added);
        Assert.Contains("\"outcome\":\"created\"", added);
        Assert.True(deletedCode == 0, deleted);
        Assert.Equal([MappingAction.Add, MappingAction.Delete], host.PhoneHome.Commands.Select(command => command.Action));
    }

    [Fact]
    public async Task The_incumbents_shell_client_whose_look_up_failed_is_refused_and_can_tell()
    {
        await using var host = await WebhookHost.StartAsync();

        var (answer, code) = await RunShellAsync(host, "add", "");

        Assert.Equal(22, code);
        Assert.Contains("dst-ip", answer);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/hooks/update-haproxy")]
    public async Task The_sidecar_is_served_over_TLS_that_only_its_CA_file_makes_trusted(string path)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificate();
        var (certificate, key) = authority.Issue("webhook");
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Server:CertificateFile", folder.Write("tls.pem", certificate + key)));
        var caFile = folder.Write("ca.pem", authority.Authority.ExportCertificatePem());

        Assert.Equal(1, await RunSidecarAsync(host.Address + path.TrimStart('/'), null, host.Log));
        Assert.Empty(host.PhoneHome.Commands);
        Assert.Equal(0, await RunSidecarAsync(host.Address + path.TrimStart('/'), caFile, host.Log));

        var command = Assert.Single(host.PhoneHome.Commands);
        Assert.Equal(("traefik", "203.0.113.7", ProxyProtocol.V2), (command.Name, $"{command.Address}", command.SendProxy));
        Assert.Null(command.Instance);
    }

    private static async Task<int> RunSidecarAsync(string webhook, string? caFile, CapturedLog log)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["WEBHOOK"] = webhook,
            ["WEBHOOK_TOKEN"] = WebhookHost.Token,
            ["WEBHOOK_CA_FILE"] = caFile,
            ["FRONTEND_PORT"] = "8443",
            ["BACKEND_PORT"] = "30443",
            ["NAME"] = "traefik",
            ["REPEAT_INTERVAL"] = "once",
            ["SEND_PROXY"] = "v2",
            ["NODE_ADDRESS"] = "203.0.113.7",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddPhoneHomeCaller(builder.Configuration);
        using var sidecar = builder.Build();
        var caller = sidecar.Services.GetRequiredService<PhoneHomeCaller>();
        await sidecar.StartAsync();
        await sidecar.WaitForShutdownAsync().WaitAsync(Eventually.DefaultTimeout);
        return caller.ExitCode;
    }

    private static async Task<(string Output, int ExitCode)> RunShellAsync(WebhookHost host, string action, string address)
    {
        Assert.True(File.Exists("/usr/bin/curl"), "curl is missing: apt-get install curl");
        var start = new ProcessStartInfo("/bin/sh", ["-c", IncumbentClient, "update-lb", action])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WEBHOOK"] = host.Address + "hooks/update-haproxy";
        start.Environment["WEBHOOK_TOKEN"] = WebhookHost.Token;
        start.Environment["FRONTEND_PORT"] = "8080";
        start.Environment["BACKEND_PORT"] = "30808";
        start.Environment["NAME"] = "unifi-adoption";
        start.Environment["DST_IP"] = address;
        start.Environment.Remove("SEND_PROXY");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.DefaultTimeout);
        return (await output + await errors, process.ExitCode);
    }
}
