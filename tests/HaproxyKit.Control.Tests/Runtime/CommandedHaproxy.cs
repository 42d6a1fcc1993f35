using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>A real HAProxy with all that commands can change: maps, an acl file, a stick table, certificates, checked servers.</summary>
public sealed class CommandedHaproxy : IAsyncDisposable
{
    private const string Configuration = """
        global
          stats socket {stats} mode 600 level admin
          stats socket {dir}/operator.sock mode 600 level operator
          stats socket {dir}/user.sock mode 600 level user
          maxconn 200
        defaults
          mode http
          timeout connect 1s
          timeout client 60s
          timeout server 60s
        frontend web
          bind 127.0.0.1:{web}
          bind {dir}/tls.sock ssl crt {files}/one.pem
          http-request track-sc0 src table counts
          http-request deny deny_status 403 if { path -m str -f {files}/denied.acl }
          http-request return status 200 content-type text/plain lf-string %[path,map({files}/words.map,none)]
          default_backend app
        frontend addresses
          bind {dir}/addresses.sock
          http-request set-header x-a %[src,map_ip({files}/addresses.map)]
          default_backend app
        backend counts
          stick-table type ip size 1k expire 1m store conn_cnt,http_req_rate(10s)
        backend texts
          stick-table type string len 40 size 10 expire 1m store gpc0
        backend app
          balance roundrobin
          server s1 127.0.0.1:1 check inter 60s weight 10
          server s2 127.0.0.1:1 agent-check agent-port 9 agent-inter 60s
          server s3 127.0.0.1:1
        backend static
          balance source
          server s1 127.0.0.1:1

        """;

    private readonly TemporaryFolder files;

    private CommandedHaproxy(HaproxyInstance instance, TemporaryFolder files, int port)
    {
        this.files = files;
        Instance = instance;
        Port = port;
        Client = At("stats.sock");
    }

    public HaproxyInstance Instance { get; }

    public int Port { get; }

    public RuntimeClient Client { get; }

    /// <summary>The map by which the frontend answers; it says <c>first</c> to a request for <c>/</c>.</summary>
    public string Map => files.File("words.map");

    /// <summary>A map whose keys must be addresses.</summary>
    public string AddressMap => files.File("addresses.map");

    /// <summary>The paths that are denied.</summary>
    public string Acl => files.File("denied.acl");

    public string Certificate => files.File("one.pem");

    public static async Task<CommandedHaproxy> StartAsync(string branch)
    {
        var port = Ports.Take();
        var folder = new TemporaryFolder();
        folder.Write("words.map", "/ first\n/b two words\n");
        folder.Write("addresses.map", "10.0.0.0/8 ten\n");
        folder.Write("denied.acl", "/denied\n");
        folder.Write("one.pem", Pem("one"));
        var text = Configuration
            .Replace("{web}", port.ToString(CultureInfo.InvariantCulture))
            .Replace("{files}", folder.Path);
        return new CommandedHaproxy(await HaproxyInstance.StartAsync(text, HaproxyPrograms.Of(branch)), folder, port);
    }

    public RuntimeClient At(string socket) => new(RuntimeEndpoint.Unix(Instance.Expand("{dir}/" + socket)));

    public async Task<ServerState> ServerAsync(string name) =>
        (await Client.ShowServersStateAsync("app")).Single(s => s.Name == name);

    /// <summary>A certificate of its own issuer, with its key, in two days' time no longer valid.</summary>
    public static string Pem(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"{name}.example");
        names.AddDnsName($"www.{name}.example");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(2));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        files.Dispose();
    }
}
