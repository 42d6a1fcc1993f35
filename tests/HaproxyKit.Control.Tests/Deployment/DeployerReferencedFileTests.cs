using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Files that change together with the configuration, and go back together with it.</summary>
public sealed class DeployerReferencedFileTests
{
    [Fact]
    public async Task ApplyAsync_map_is_replaced_on_disk_and_in_HAProxy_without_a_reload()
    {
        await using var haproxy = await StartAsync();
        var path = MapOf(haproxy);

        var result = await haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Map(path, "1 one\n2 two\n")] });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
        Assert.Equal("1 one\n2 two\n", File.ReadAllText(path));
        Assert.Equal(["1 one", "2 two"], await EntriesAsync(haproxy));
    }

    [Fact]
    public async Task ApplyAsync_rejected_change_puts_its_files_back()
    {
        await using var haproxy = await StartAsync();
        var path = MapOf(haproxy);
        var fresh = Path.Combine(haproxy.Instance.Folder, "fresh.map");

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add("backend bad\n  nonsense\n") with
        {
            Files = [Map(path, "3 three\n"), Map(fresh, "4 four\n")],
        });

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Equal("1 first\n", File.ReadAllText(path));
        Assert.False(File.Exists(fresh));
        Assert.Equal(["1 first"], await EntriesAsync(haproxy));
    }

    [Fact]
    public async Task ApplyAsync_new_file_is_there_when_HAProxy_is_asked_about_the_lines_that_name_it()
    {
        await using var haproxy = await StartAsync();
        var fresh = Path.Combine(haproxy.Instance.Folder, "fresh.map");

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add($"backend more\n  tcp-request content reject if {{ src,map({fresh}) -m found }}\n") with
        {
            Files = [Map(fresh, "192.0.2.1 one\n")],
        });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
        Assert.Equal("192.0.2.1 one\n", File.ReadAllText(fresh));
        Assert.DoesNotContain(Directory.GetFiles(haproxy.Instance.Folder), file => file.EndsWith('~'));
    }

    [Fact]
    public async Task ApplyAsync_relative_path_is_the_callers_mistake()
    {
        await using var haproxy = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Map("some.map", "")] }));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_certificate_is_replaced_on_disk_and_for_new_clients_without_a_reload(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var (first, second) = (TestCertificate.Pem(), TestCertificate.Pem());
        var (path, port) = await ServeTlsAsync(haproxy, first);
        Assert.Equal(Thumbprint(first), await ShakeHandsAsync(port));
        var worker = await haproxy.Instance.WorkerPidAsync();
        var deployer = haproxy.Deployer();

        var result = await deployer.ApplyAsync(Unchanged with { Files = [Certificate(path, second)] });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, Said(result));
        Assert.Equal(Thumbprint(second), await ShakeHandsAsync(port));
        Assert.Equal(second, File.ReadAllText(path));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());

        // The file says the same as the worker, so that a reload changes nothing.
        await haproxy.Instance.ReloadAsync();
        Assert.Equal(Thumbprint(second), await ShakeHandsAsync(port));
        Assert.Equal(DeploymentOutcome.Unchanged, (await deployer.ApplyAsync(Unchanged)).Outcome);
    }

    public static TheoryData<string, string> BadCertificates { get; } = new(
        from branch in HaproxyPrograms.Branches
        from kind in new[] { "garbage", "another's key", "no key", "torn" }
        select (branch, kind));

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task ApplyAsync_certificate_that_HAProxy_does_not_take_leaves_the_old_one_served_and_on_disk(string branch, string kind)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var (first, second) = (TestCertificate.Pem(), TestCertificate.Pem());
        var (path, port) = await ServeTlsAsync(haproxy, first);
        var bad = kind switch
        {
            "garbage" => "-----BEGIN CERTIFICATE-----\nno such thing\n-----END CERTIFICATE-----\n",
            "another's key" => CertificateOf(second) + KeyOf(TestCertificate.Pem()),
            "no key" => CertificateOf(second),
            _ => second[..(second.Length - 60)],
        };

        var result = await haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Certificate(path, bad)] });

        Assert.True(result is { Outcome: DeploymentOutcome.Rejected or DeploymentOutcome.RolledBack, IsOperatorsFault: false }, Said(result));
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message.Contains(path, StringComparison.Ordinal));
        Assert.Equal(first, File.ReadAllText(path));
        Assert.Equal(Thumbprint(first), await ShakeHandsAsync(port));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
        Assert.DoesNotContain(Directory.GetFiles(haproxy.Instance.Folder), file => file.EndsWith('~'));

        // Nothing is left half done in the worker either: the next one is taken.
        var next = await haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Certificate(path, second)] });
        Assert.True(next is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, Said(next));
        Assert.Equal(Thumbprint(second), await ShakeHandsAsync(port));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_acl_entries_come_and_go_without_a_reload(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var (path, port) = await ServeGuardedAsync(haproxy, "192.0.2.1\n");
        Assert.Equal("node", await HttpProbe.AskAsync(port));
        var worker = await haproxy.Instance.WorkerPidAsync();
        var deployer = haproxy.Deployer();
        foreach (var (content, answer) in new[] { ("192.0.2.1\n127.0.0.1\n", null), ("192.0.2.7\n", "node"), ("127.0.0.0/8\n", (string?)null), ("192.0.2.0/24\n", "node") })
        {
            var result = await deployer.ApplyAsync(Unchanged with { Files = [Acl(path, content)] });

            Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{content}: {Said(result)}");
            Assert.Equal(content, File.ReadAllText(path));
            Assert.Equal(answer, await HttpProbe.AskAsync(port));
        }

        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        await haproxy.Instance.ReloadAsync();
        Assert.Equal("node", await HttpProbe.AskAsync(port));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_second_file_refused_takes_the_first_back_on_disk_and_in_HAProxy(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var (first, second) = (TestCertificate.Pem(), TestCertificate.Pem());
        var (pem, tls) = await ServeTlsAsync(haproxy, first);
        var (acl, guarded) = await ServeGuardedAsync(haproxy, "192.0.2.1\n");

        // The first judgement is another HAProxy's, which minds less: so it is the running one that refuses.
        var isFirst = true;
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, _ =>
        {
            (var isThis, isFirst) = (isFirst, false);
            return isThis ? new CheckResult { Verdict = CheckVerdict.Accepted } : null;
        }));
        var result = await deployer.ApplyAsync(Unchanged with
        {
            Files = [Acl(acl, "127.0.0.1\n"), Certificate(pem, CertificateOf(second) + KeyOf(first))],
        });

        Assert.True(result is { Outcome: DeploymentOutcome.RolledBack, IsOperatorsFault: false }, Said(result));
        Assert.Equal(["192.0.2.1\n", first], new[] { acl, pem }.Select(File.ReadAllText));
        Assert.Equal("node", await HttpProbe.AskAsync(guarded));
        Assert.Equal(["192.0.2.1"], (await haproxy.Instance.AskAsync($"show acl {acl}"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1]));
        Assert.Equal(Thumbprint(first), await ShakeHandsAsync(tls));
    }

    private static DeploymentRequest Unchanged => DeployedHaproxy.Change("nothing of the kind", "");

    private static ReferencedFile Map(string path, string content) => new(ReferencedFileKind.Map, path, Encoding.UTF8.GetBytes(content));

    private static ReferencedFile Acl(string path, string content) => new(ReferencedFileKind.Acl, path, Encoding.UTF8.GetBytes(content));

    private static ReferencedFile Certificate(string path, string content) => new(ReferencedFileKind.Certificate, path, Encoding.UTF8.GetBytes(content));

    private static string Said(DeploymentResult result) => $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}";

    private static string Thumbprint(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.Thumbprint;
    }

    private static string CertificateOf(string pem) => pem[..pem.IndexOf("-----BEGIN PRIVATE KEY", StringComparison.Ordinal)];

    private static string KeyOf(string pem) => pem[pem.IndexOf("-----BEGIN PRIVATE KEY", StringComparison.Ordinal)..];

    /// <summary>Adds a frontend with a certificate, as the operator would.</summary>
    private static async Task<(string Path, int Port)> ServeTlsAsync(DeployedHaproxy haproxy, string pem)
    {
        var (path, port) = (Path.Combine(haproxy.Instance.Folder, "site.pem"), Ports.Take());
        File.WriteAllText(path, pem);
        File.AppendAllText(haproxy.Instance.ConfigPath, $"frontend tls\n  bind 127.0.0.1:{port} ssl crt {path}\n  default_backend app\n");
        await haproxy.Instance.ReloadAsync();
        return (path, port);
    }

    /// <summary>Adds a frontend that refuses the addresses of a file, as the operator would.</summary>
    private static async Task<(string Path, int Port)> ServeGuardedAsync(DeployedHaproxy haproxy, string entries)
    {
        var (path, port) = (Path.Combine(haproxy.Instance.Folder, "refused.acl"), Ports.Take());
        File.WriteAllText(path, entries);
        File.AppendAllText(haproxy.Instance.ConfigPath, $"frontend guarded\n  bind 127.0.0.1:{port}\n  tcp-request connection reject if {{ src -f {path} }}\n  default_backend app\n");
        await haproxy.Instance.ReloadAsync();
        return (path, port);
    }

    /// <summary>The certificate that a new client is shown.</summary>
    private static async Task<string?> ShakeHandsAsync(int port)
    {
        using var limit = new CancellationTokenSource(HttpProbe.Timeout);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        await using var stream = new SslStream(client.GetStream());
        string? shown = null;
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "test.invalid",
                EnabledSslProtocols = SslProtocols.None,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate?.GetCertHashString()) is not null,
            },
            limit.Token);
        return shown;
    }

    private static string MapOf(DeployedHaproxy haproxy) => Path.Combine(haproxy.Instance.Folder, "first.map");

    private static async Task<IEnumerable<string>> EntriesAsync(DeployedHaproxy haproxy) =>
        (await haproxy.Instance.AskAsync($"show map {MapOf(haproxy)}"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2)[1]);

    private static async Task<DeployedHaproxy> StartAsync()
    {
        var haproxy = await DeployedHaproxy.StartAsync();
        File.WriteAllText(MapOf(haproxy), "1 first\n");
        File.AppendAllText(haproxy.Instance.ConfigPath, $"backend mapped\n  tcp-request content reject if {{ src,map_str({MapOf(haproxy)}) -m found }}\n");
        await haproxy.Instance.ReloadAsync();
        return haproxy;
    }
}
