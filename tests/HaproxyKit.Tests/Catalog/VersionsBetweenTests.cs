using System.Text;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Catalog.Sources;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Catalog;

/// <summary>Words of versions between those whose lists are at hand.</summary>
public sealed class VersionsBetweenTests
{
    private static readonly string[] All = ["2.6", "2.7", "2.8", "2.9", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5"];
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "HaproxyKit", "Catalog", "Sources");

    /// <summary>The versions of single rows of the file: their words are not there before.</summary>
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var words = DumpedWords.Read(Path.Combine(Folder, "dumps"));
            var rows = File.ReadLines(Path.Combine(Folder, "since.tsv")).Skip(1).Where(line => line[0] != '#').Select(line => line.Split('\t'));
            return new TheoryData<string, string, string>(rows
                .Where(row => words.Find(row[0], row[1])!.In(KnownVersions.LastDumped(row[2])!) is null)
                .Select(row => (row[0], row[1], row[2])));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Word_is_known_from_its_first_version_on(string @class, string name, string first)
    {
        var kind = @class switch
        {
            "fetch" => EntryClass.Fetch,
            "converter" => EntryClass.Converter,
            "cli" => EntryClass.CliCommand,
            _ => EntryClass.CrtListWord,
        };
        Assert.All(All, version => Assert.Equal(
            KnownVersions.Compare(first, version) <= 0,
            HaproxyCatalog.For(Version(version)).TryFind(kind, Encoding.UTF8.GetBytes(name), out var entry) && entry.Name == name));
    }

    [Theory]
    [InlineData("2.6", "str(a),ltrim(b)")]
    [InlineData("2.6", "str(a),add_item(;,txn.a)")]
    [InlineData("2.6", "bin(61),be2dec(b)")]
    [InlineData("2.6", "str(a),jwt_verify(HS256,b)")]
    [InlineData("2.6", "str(a),bytes(1)")]
    [InlineData("2.7", "int(1),x509_v_err_str")]
    [InlineData("2.8", "bc_rtt")]
    [InlineData("2.8", "str(a=b),param(a)")]
    [InlineData("2.8", "quic_enabled")]
    [InlineData("2.9", "acl(a)")]
    [InlineData("2.9", "txn.status")]
    [InlineData("2.9", "str(a),bytes(txn.a)")]
    [InlineData("2.9", "accept_date(ms),ms_utime(%Y)")]
    [InlineData("3.0", "fc_err_name")]
    [InlineData("3.0", "str(a),map_str_key(/dev/null)")]
    [InlineData("3.1", "ssl_c_san")]
    [InlineData("3.1", "str(a),date")]
    [InlineData("3.1", "query(with_qm)")]
    [InlineData("3.2", "src,table_clr_gpc(0,t)")]
    [InlineData("3.2", "bc_reused")]
    [InlineData("3.3", "req.bytes_in")]
    [InlineData("3.3", "str(a),jwt_verify_cert(HS256,b)")]
    [InlineData("3.4", "str(a),reverse")]
    [InlineData("3.4", "cpu_usage_thr")]
    public void Expression_is_legal_from_its_first_version_on(string first, string expression)
    {
        var text = $"""
            defaults
             mode http
             timeout connect 5s
             timeout client 5s
             timeout server 5s
            backend t
             stick-table type ip size 1k store gpc(1)
            listen web
             bind 127.0.0.1:8099
             acl a src 127.0.0.1
             http-request set-var(txn.a) int(1) if a
             http-response set-header X-A "%[{expression}]"
             http-request set-header X-B "%[{expression}]"

            """;
        Assert.All(All, version =>
        {
            var found = ConfigAnalyzer.Analyze(ConfigDocument.Parse(Latin1.Bytes(text), "f.cfg"), Version(version));
            var lines = found.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Location!.Line).ToHashSet();
            // Some are legal for requests only, some for responses only.
            Assert.Equal(KnownVersions.Compare(version, first) < 0, lines.Contains(12) && lines.Contains(13));
        });
    }

    [Theory]
    [InlineData("converter\tparam\t2.5\t-")]
    [InlineData("converter\tparam\t3.0\t-")]
    [InlineData("converter\tparam\t3.1\t-")]
    [InlineData("converter\tlower\t2.8\t-")]
    [InlineData("fetch\tno-such-fetch\t2.8\t-")]
    [InlineData("fetch\tbc_rtt\t2.8")]
    public void Row_that_the_lists_contradict_is_refused(string row)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("since.tsv"), $"{SinceFile.Header}\n{row}\n");
        Assert.Throws<InvalidDataException>(() => SinceFile.Read(folder.File("since.tsv"), DumpedWords.Read(Path.Combine(Folder, "dumps"))));
    }

    private static HaproxyVersion Version(string text)
    {
        Assert.True(HaproxyVersion.TryParse(text, out var version));
        return version;
    }
}
