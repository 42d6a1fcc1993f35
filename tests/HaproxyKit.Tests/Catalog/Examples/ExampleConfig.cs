using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Catalog.Examples;

/// <summary>Configurations that hold one example in each proxy, with all that the examples refer to.</summary>
internal sealed class ExampleConfig : IDisposable
{
    private const string Error = "HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    private const string Spoe =
        """
        [e]
        spoe-agent agent
            messages m1
            option var-prefix e
            timeout processing 1s
            use-backend spoe
            groups g1
        spoe-message m1
            args a=src
            event on-client-session
        spoe-group g1
            messages m2
        spoe-message m2
            args a=src

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _branch;
    private readonly Dictionary<string, string> _files;
    private int _written;

    internal ExampleConfig(string branch)
    {
        _branch = branch;
        var (certificate, key) = Certificate();
        var tickets = Enumerable.Range(1, 3).Select(i => Convert.ToBase64String([.. Enumerable.Repeat((byte)i, 48)]));
        _files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["{map}"] = _folder.Write("empty.map", string.Empty),
            ["{acl}"] = _folder.Write("empty.acl", string.Empty),
            ["{errors}"] = _folder.Write("503.http", Error),
            ["{spoe}"] = _folder.Write("spoe.conf", Spoe),
            ["{pem}"] = _folder.Write("all.pem", certificate + key),
            ["{ca}"] = _folder.Write("ca.pem", certificate),
            ["{tickets}"] = _folder.Write("tickets", string.Join('\n', tickets) + "\n"),
            ["{crt-list}"] = _folder.Write("crt-list", _folder.File("all.pem") + "\n"),
            ["{lua}"] = _folder.Write("service.lua", "core.register_service(\"hk\", \"tcp\", function(applet) end)\n"),
            ["{socket}"] = _folder.File("socket"),
            ["{port}"] = "8080",
        };
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The line that stands in the proxy of a number, with its placeholders filled in.</summary>
    internal string Fill(string text, int number) =>
        _files.Aggregate(text, (filled, file) => filled.Replace(file.Key, file.Value, StringComparison.Ordinal))
            .Replace("{self}", NameOf(number), StringComparison.Ordinal);

    /// <summary>Writes a file with one proxy for each example.</summary>
    /// <returns>Its path, and the number of each example's line.</returns>
    internal (string Path, IReadOnlyList<int> Lines) Write(IEnumerable<(CatalogExample Example, string Line)> examples)
    {
        var text = new StringBuilder(Fill(Common(), 0));
        var lines = new List<int>();
        foreach (var (example, line) in examples)
        {
            var setup = example.Setup == "-" ? string.Empty : $"    {example.Setup}\n";
            text.Append(Fill($"listen {NameOf(lines.Count)}\n    mode {example.Mode}\n    bind 127.0.0.1:8081\n", lines.Count));
            text.Append(Fill(setup, lines.Count));
            lines.Add(text.ToString().Count(c => c == '\n') + 1);
            text.Append("    ").Append(Fill(line, lines.Count - 1)).Append("\n    server last 127.0.0.1:8082\n");
        }

        var path = _folder.Write(string.Create(CultureInfo.InvariantCulture, $"{_written++}.cfg"), text.ToString());
        return (path, lines);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"e{number}");

    private static (string Certificate, string Key) Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private string Common() =>
        $$"""
        global
            expose-experimental-directives
            lua-load {lua}
            {{(_branch == "3.0" ? "limited-quic" : string.Empty)}}
        defaults
            timeout client 1s
            timeout server 1s
            timeout connect 1s
        resolvers r1
            nameserver n1 127.0.0.1:53
        cache c1
            total-max-size 4
        http-errors he
            errorfile 503 {errors}
        backend be1
            mode http
            stick-table type string len 32 size 1k expire 5m store gpc0,gpc1,gpt0,conn_cnt
            server s1 127.0.0.1:80
        backend be2
            mode http
            stick-table type ip size 1k expire 5m store conn_cnt
            server s1 127.0.0.1:80
        backend spoe
            mode {{(_branch == "3.2" ? "spop" : "tcp")}}
            server s1 127.0.0.1:80

        """;
}
