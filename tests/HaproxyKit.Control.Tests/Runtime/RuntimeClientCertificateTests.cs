using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientCertificateTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ReplaceCertificateAsync_new_connections_get_it_at_once(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (client, name) = (haproxy.Client, haproxy.Certificate);
        Assert.Equal("CN=one", await ServedAsync(haproxy));

        var change = await client.ReplaceCertificateAsync(name, CommandedHaproxy.Pem("two").ReplaceLineEndings("\r\n\r\n"));

        Assert.True(change.IsSuccess, change.Message);
        Assert.Equal("CN=two", await ServedAsync(haproxy));
        var shown = (await client.ShowCertificateAsync(name))!;
        Assert.Equal((name, "Used", "/CN=two", "/CN=two", "RSA2048"), (shown.Name, shown.Status, shown.Subject, shown.Issuer, shown.Algorithm));
        Assert.Equal(["DNS:two.example", "DNS:www.two.example"], shown.SubjectAlternativeNames);
        Assert.InRange(shown.NotAfter!.Value - shown.NotBefore!.Value, TimeSpan.FromDays(2), TimeSpan.FromDays(3));
        Assert.Equal((40, true), (shown.Fingerprint.Length, shown.Serial.Length > 0));
        Assert.Null(await client.ShowCertificateAsync("/none.pem"));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Certificate_is_used_only_when_it_is_committed(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (client, name) = (haproxy.Client, haproxy.Certificate);

        Assert.True((await client.SetCertificateAsync(name, CommandedHaproxy.Pem("two"))).IsSuccess);
        Assert.Equal(new CertificateList([name], [name]), await client.ShowCertificatesAsync());
        Assert.Equal("/CN=two", (await client.ShowCertificateAsync(name, uncommitted: true))!.Subject);
        Assert.Equal("/CN=one", (await client.ShowCertificateAsync(name))!.Subject);
        Assert.True((await client.SetCertificateAsync(name, CommandedHaproxy.Pem("three"))).IsSuccess);
        Assert.Equal(RuntimeOutcome.Changed, (await client.AbortCertificateAsync(name)).Outcome);
        Assert.Equal(RuntimeOutcome.Unchanged, (await client.AbortCertificateAsync(name)).Outcome);
        Assert.Equal("CN=one", await ServedAsync(haproxy));
        Assert.Equal(RuntimeOutcome.Refused, (await client.CommitCertificateAsync(name)).Outcome);
        Assert.True((await client.SetCertificateAsync(name, CommandedHaproxy.Pem("four"))).IsSuccess);
        Assert.True((await client.CommitCertificateAsync(name)).IsSuccess);
        Assert.Equal("CN=four", await ServedAsync(haproxy));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Certificate_comes_and_goes_and_refusals_are_told(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var client = haproxy.Client;
        var name = haproxy.Certificate + " ;second.pem";

        Assert.True((await client.NewCertificateAsync(name)).IsSuccess);
        Assert.Equal(RuntimeOutcome.Refused, (await client.NewCertificateAsync(name)).Outcome);
        Assert.Equal("Empty", (await client.ShowCertificateAsync(name))!.Status);
        Assert.Null((await client.ShowCertificateAsync(name))!.NotAfter);
        var certificateAlone = CommandedHaproxy.Pem("two").Split("-----BEGIN PRIVATE")[0];
        var half = await client.ReplaceCertificateAsync(name, certificateAlone);
        Assert.Equal(RuntimeOutcome.Refused, half.Outcome);
        Assert.Contains("private key", half.Message);
        Assert.Empty((await client.ShowCertificatesAsync()).Uncommitted);
        Assert.True((await client.ReplaceCertificateAsync(name, CommandedHaproxy.Pem("two"))).IsSuccess);
        Assert.Equal("Unused", (await client.ShowCertificateAsync(name))!.Status);
        Assert.True((await client.DeleteCertificateAsync(name)).IsSuccess);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.DeleteCertificateAsync(name)).Outcome);
        Assert.Equal(RuntimeOutcome.Refused, (await client.DeleteCertificateAsync(haproxy.Certificate)).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.SetCertificateAsync("/none.pem", CommandedHaproxy.Pem("x"))).Outcome);
        Assert.Equal(RuntimeOutcome.Refused, (await client.SetCertificateAsync(haproxy.Certificate, "-----BEGIN CERTIFICATE-----\nx\n")).Outcome);
        Assert.Equal("CN=one", await ServedAsync(haproxy));
    }

    [Fact]
    public async Task Certificate_caller_s_mistake_is_refused_before_anything_is_sent()
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");
        var client = fake.Client();

        foreach (var wrong in new Func<Task>[]
        {
            () => client.SetCertificateAsync("/a.pem", ""),
            () => client.SetCertificateAsync("/a.pem", "no PEM"),
            () => client.SetCertificateAsync("/a.pem", "-----BEGIN X-----\0"),
            () => client.SetCertificateAsync("/a.pem", "-----BEGIN X-----\n" + new string('x', 16_000)),
            () => client.SetCertificateAsync("", CommandedHaproxy.Pem("x")),
            () => client.CommitCertificateAsync("*/a.pem"),
            () => client.NewCertificateAsync("/a\n"),
        })
            await Assert.ThrowsAnyAsync<ArgumentException>(wrong);

        Assert.Equal(0, fake.Connections);
    }

    /// <summary>Answers of 3.5 too; the last is what a HAProxy says that is killed in the middle.</summary>
    [Theory]
    [InlineData("Committing /a.pem.\nSuccess!\n\n", RuntimeOutcome.Changed)]
    [InlineData("Committing /a.pem....\nSuccess!\n\n", RuntimeOutcome.Changed)]
    [InlineData("Committing /b.pem.\nSuccess!\n\n", RuntimeOutcome.Refused)]
    [InlineData("Committing /a.pem.\nFailed!\n\n", RuntimeOutcome.Refused)]
    [InlineData("No ongoing transaction! !\nCan't commit /a.pem!\n\n", RuntimeOutcome.Refused)]
    [InlineData("Permission denied\n\n", RuntimeOutcome.PermissionDenied)]
    [InlineData("Committing /a.pem.\n", null)]
    public async Task CommitCertificateAsync_answers_are_judged(string answer, RuntimeOutcome? outcome)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);

        RuntimeOutcome? judged = null;
        var e = await Record.ExceptionAsync(async () => judged = (await fake.Client().CommitCertificateAsync("/a.pem")).Outcome);

        Assert.Equal(outcome, judged);
        Assert.Equal(outcome is null ? RuntimeFault.Incomplete : null, (e as RuntimeException)?.Fault);
    }

    /// <summary>The subject of the certificate that a new connection is shown.</summary>
    private static async Task<string> ServedAsync(CommandedHaproxy haproxy)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(haproxy.Instance.Expand("{dir}/tls.sock")), limit.Token);
        await using var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, (_, shown, _, _) => shown?.Subject.Length > 0);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "x.example", EnabledSslProtocols = SslProtocols.None, CertificateRevocationCheckMode = X509RevocationMode.NoCheck },
            limit.Token);
        return stream.RemoteCertificate!.Subject;
    }
}
