using System.Security.Cryptography.X509Certificates;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Tests.Hosting;

public sealed class PhoneHomeServerTests
{
    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("127.0.0.1:0,0.0.0.0:0")]
    [InlineData("192.0.2.1:9000")]
    public async Task Plain_HTTP_off_loopback_is_refused_at_start(string listen)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WebhookHost.StartAsync(("PhoneHome:Server:Listen", listen)));

        Assert.Contains("tokens would travel in clear text", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9000")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:9000")]
    [InlineData("127.0.0.1:90000")]
    public async Task Listen_that_is_no_address_with_a_port_is_refused_at_start(string listen)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WebhookHost.StartAsync(("PhoneHome:Server:Listen", listen)));

        Assert.Contains("PhoneHome:Server:Listen", refusal.Message);
    }

    [Theory]
    [InlineData("PhoneHome:Tokens:0:Secret", "short", "PhoneHome:Tokens:0 is refused")]
    [InlineData("PhoneHome:Tokens:0:Secret", "", "PhoneHome:Tokens:0 is refused")]
    [InlineData("PhoneHome:Policy:FrontendPorts", "x", "PhoneHome:Policy:FrontendPorts")]
    [InlineData("PhoneHome:Endpoints:AnswerTimeout", "00:05:00", "PhoneHome:Endpoints:AnswerTimeout")]
    [InlineData("PhoneHome:Server:CertificateFile", "/nowhere/tls.crt", "PhoneHome:Server:CertificateFile")]
    [InlineData("PhoneHome:Server:MaxConnections", "0", "PhoneHome:Server:MaxConnections")]
    public async Task Settings_that_cannot_be_used_are_refused_at_start(string key, string value, string message)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => WebhookHost.StartAsync((key, value)));

        Assert.Contains(message, refusal.Message);
    }

    [Fact]
    public async Task Endpoints_of_other_settings_are_not_opened()
    {
        var port = Ports.Take();
        await using var host = await WebhookHost.StartAsync(
            ("Kestrel:Endpoints:Open:Url", $"http://0.0.0.0:{port}"), ("urls", $"http://0.0.0.0:{port}"));

        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal("ok\n", await host.Client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task With_a_certificate_file_calls_travel_in_TLS()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificate();
        var (certificate, key) = authority.Issue("webhook");
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Server:CertificateFile", folder.Write("tls.crt", certificate)),
            ("PhoneHome:Server:KeyFile", folder.Write("tls.key", key)));
        Assert.Equal("https", host.Address.Scheme);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority.Authority);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours) { Content = WebhookHost.Json(WebhookHost.OurBody) };
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

        using var response = await client.SendAsync(request);

        await response.ReadSuccessAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("/healthz"));
    }
}
