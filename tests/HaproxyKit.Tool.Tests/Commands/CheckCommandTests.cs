using System.Text;
using System.Text.Json;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private const string Sound =
        """
        global
            maxconn 100
        defaults
            mode http
            timeout connect 5s
            timeout client 5s
            timeout server 5s
        frontend web
            bind 127.0.0.1:18080
            default_backend app
        backend app
            server s1 127.0.0.1:18081

        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Sound_file_ends_with_0_and_says_nothing()
    {
        var run = await ToolRun.OfAsync("check", _folder.Write("a.cfg", Sound), "--haproxy", "2.6", "--severity", "warning");
        Assert.Equal("", run.MustEndWith(0).Output);
    }

    [Fact]
    public async Task Findings_end_with_1_and_show_the_place()
    {
        var file = _folder.Write("a.cfg", Sound + "backend x\n    server s1 \"10.0.0.1:80\n");
        var run = (await ToolRun.OfAsync("check", file, "--severity", "error")).MustEndWith(1);
        Assert.StartsWith($"{file}:14:15: error HK1001: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n      server s1 \"10.0.0.1:80\n                ^", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_as_json_have_their_places()
    {
        var run = (await ToolRun.OfAsync(Encoding.UTF8.GetBytes(Sound + ".if\n"), ["check", "-", "--format", "json", "--severity", "error"])).MustEndWith(1);
        using var json = JsonDocument.Parse(run.Output);
        var finding = json.RootElement.EnumerateArray().Single(found => found.GetProperty("id").GetString() == "HK2002");
        Assert.Equal(
            ("error", "<stdin>", 13, 1, 3),
            (finding.GetProperty("severity").GetString(), finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32(), finding.GetProperty("length").GetInt32()));
    }

    [Fact]
    public async Task Findings_as_sarif_are_a_log_of_version_2_1_0()
    {
        var file = _folder.Write("a b.cfg", Sound + "backend é\n    x é \"\n.endif\n");
        var run = (await ToolRun.OfAsync("check", file, "--format", "sarif")).MustEndWith(1);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        SarifShape.MustHold(json.RootElement);
        Assert.EndsWith("sarif-schema-2.1.0.json", json.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        var log = json.RootElement.GetProperty("runs").EnumerateArray().Single();
        var driver = log.GetProperty("tool").GetProperty("driver");
        Assert.Equal("haproxykit", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Equal(rules.Distinct(), rules);
        var results = log.GetProperty("results").EnumerateArray().ToList();
        Assert.True(results.Count >= 3);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            var place = result.GetProperty("locations").EnumerateArray().Single().GetProperty("physicalLocation");
            Assert.Equal(file.Replace(" ", "%20", StringComparison.Ordinal), place.GetProperty("artifactLocation").GetProperty("uri").GetString());
            var region = place.GetProperty("region");
            Assert.InRange(region.GetProperty("startLine").GetInt32(), 1, 15);
            if (region.TryGetProperty("startColumn", out var column))
            {
                Assert.InRange(column.GetInt32(), 1, region.GetProperty("endColumn").GetInt32());
            }
        });

        // Columns are characters: the second byte of é does not count.
        var quote = results.First(result => result.GetProperty("ruleId").GetString() == "HK1001");
        Assert.Equal(9, quote.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startColumn").GetInt32());
    }

    [Fact]
    public async Task Folder_is_read_in_the_order_of_HAProxy()
    {
        foreach (var name in (string[])["b.cfg", "a.cfg", "B.cfg", "9-b.cfg", "10-a.cfg", ".hidden.cfg", "no.conf", "z.cfg.cfg"])
        {
            _folder.Write($"conf/{name}", "\"\n");
        }

        var run = (await ToolRun.OfAsync("check", _folder.File("conf"), "--format", "json", "--severity", "error")).MustEndWith(1);
        using var json = JsonDocument.Parse(run.Output);
        var files = json.RootElement.EnumerateArray()
            .Where(found => found.GetProperty("id").GetString() == "HK1001")
            .Select(found => Path.GetFileName(found.GetProperty("file").GetString()));
        Assert.Equal(["10-a.cfg", "9-b.cfg", "B.cfg", "a.cfg", "b.cfg"], files);
    }

    [Fact]
    public async Task Several_files_are_one_configuration_with_f_and_each_its_own_without()
    {
        var first = _folder.Write("1.cfg", "global\n    \"\n");
        var second = _folder.Write("2.cfg", "defaults\n    \"\n");
        var together = (await ToolRun.OfAsync("check", "-f", first, "-f", second, "--severity", "error")).MustEndWith(1);
        var apart = (await ToolRun.OfAsync("check", first, second, "--severity", "error")).MustEndWith(1);
        Assert.All([together, apart], run =>
        {
            Assert.Contains($"{first}:2:5: error HK1001", run.Output, StringComparison.Ordinal);
            Assert.Contains($"{second}:2:5: error HK1001", run.Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task HAProxy_itself_judges_with_with_haproxy()
    {
        var sound = _folder.Write("sound.cfg", Sound);
        var broken = _folder.Write("broken.cfg", Sound + "backend x\n    server s1 127.0.0.1:1 weight 999\n");
        string[] options = ["--with-haproxy", "--haproxy-program", HaproxyPrograms.Installed, "--severity", "error"];
        Assert.Equal("", (await ToolRun.OfAsync(["check", sound, .. options])).MustEndWith(0).Output);
        var run = (await ToolRun.OfAsync(["check", broken, .. options])).MustEndWith(1);
        Assert.Contains($"{broken}:14: error HK7001: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("weight", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_run_ends_with_2_and_one_line()
    {
        var file = _folder.Write("a.cfg", Sound);
        Directory.CreateDirectory(_folder.File("empty"));
        (await ToolRun.OfAsync("check", "/no/such.cfg")).MustFailWith(2, "/no/such.cfg does not exist");
        (await ToolRun.OfAsync("check", _folder.File("empty"))).MustFailWith(2, $"{_folder.File("empty")} holds no file that HAProxy would load: their names end in .cfg");
        (await ToolRun.OfAsync("check")).MustFailWith(2, "name a file to check: haproxykit check /etc/haproxy/haproxy.cfg");
        (await ToolRun.OfAsync("check", file, "--haproxy", "new")).MustFailWith(2, "'new' is no version of HAProxy: write 2.6, 3.0 or 3.2; see haproxykit --help");
        (await ToolRun.OfAsync("check", file, "--format", "xml")).MustFailWith(2, "--format is one of text|json|sarif, not 'xml'; see haproxykit --help");
        (await ToolRun.OfAsync([], ["check", "-", "--with-haproxy"])).MustFailWith(2, "HAProxy cannot check standard input: save it to a file for --with-haproxy");
        var missing = await ToolRun.OfAsync("check", file, "--with-haproxy", "--haproxy-program", "/no/haproxy");
        Assert.Equal(2, missing.ExitCode);
        Assert.EndsWith(": name the program with --haproxy-program\n", missing.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
