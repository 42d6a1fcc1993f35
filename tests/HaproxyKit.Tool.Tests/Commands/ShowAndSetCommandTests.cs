using System.Text;
using System.Text.Json;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class ShowAndSetCommandTests : IDisposable
{
    private const string Text =
        """
        global
        	maxconn 100  # most
        defaults
            mode http
        # the site
        backend web
            option  httpchk   GET /
            server s1   10.0.0.1:80  check weight 10 # one
            server s2 10.0.0.2:80
            timeout server 30s
        backend api
            server s1 10.0.1.1:80

        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("backend/web/server/s1", "    server s1   10.0.0.1:80  check weight 10 # one\n")]
    [InlineData("backend/web/server", "    server s1   10.0.0.1:80  check weight 10 # one\n    server s2 10.0.0.2:80\n")]
    [InlineData("backend/web/server/2", "    server s2 10.0.0.2:80\n")]
    [InlineData("backend/*/server/s1", "    server s1   10.0.0.1:80  check weight 10 # one\n    server s1 10.0.1.1:80\n")]
    [InlineData("global/maxconn", "\tmaxconn 100  # most\n")]
    [InlineData("defaults/mode", "    mode http\n")]
    [InlineData("backend/web/timeout/server", "    timeout server 30s\n")]
    [InlineData("backend/web/option/*", "    option  httpchk   GET /\n")]
    [InlineData("backend/api", "backend api\n    server s1 10.0.1.1:80\n")]
    public async Task Show_gives_lines_as_they_are_written(string selector, string expected) => Assert.Equal(
        expected, (await ToolRun.OfAsync("show", _folder.Write("a.cfg", Text), selector)).MustEndWith(0).Output);

    [Fact]
    public async Task Show_as_json_has_selectors_that_find_the_same()
    {
        var file = _folder.Write("a.cfg", Text);
        using var json = JsonDocument.Parse((await ToolRun.OfAsync("show", file, "backend/*/server", "--format", "json")).MustEndWith(0).Output);
        var found = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(["backend/web/server/s1", "backend/web/server/s2", "backend/api/server/s1"], found.Select(line => line.GetProperty("selector").GetString()));
        Assert.Equal([8, 9, 12], found.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal(["server", "s2", "10.0.0.2:80"], found[1].GetProperty("words").EnumerateArray().Select(word => word.GetString()));
        using var section = JsonDocument.Parse((await ToolRun.OfAsync("show", file, "backend/web", "--format", "json")).MustEndWith(0).Output);
        Assert.Equal((6, "backend"), (section.RootElement[0].GetProperty("line").GetInt32(), section.RootElement[0].GetProperty("words")[0].GetString()));
    }

    [Fact]
    public async Task What_is_not_there_ends_with_1_and_what_is_no_selector_with_2()
    {
        var file = _folder.Write("a.cfg", Text);
        (await ToolRun.OfAsync("show", file, "backend/web/server/s9")).MustFailWith(1, $"{file} has no backend/web/server/s9");
        (await ToolRun.OfAsync("show", file, "web")).MustFailWith(2, "'web' is no selector: begin with a kind of section, as in backend/web/server/s1 or global/maxconn");
        (await ToolRun.OfAsync("set", file, "backend/web/server/s9", "weight=1")).MustFailWith(1, $"{file} has no backend/web/server/s9; nothing was changed");
        (await ToolRun.OfAsync("set", file, "backend/*/server/s1", "weight=1"))
            .MustFailWith(2, $"{file} has 2 of backend/*/server/s1: backend/web/server/s1, backend/api/server/s1; nothing was changed");
        Assert.Equal(Text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("backend/web/server/s1", "weight=20", "check weight 10", "check weight 20", "8: changed in backend web: server s1: weight 10 -> 20")]
    [InlineData("backend/web/server/s1", "address=10.9.9.9:8080", "10.0.0.1:80 ", "10.9.9.9:8080 ", "8: changed in backend web: server s1: address 10.0.0.1:80 -> 10.9.9.9:8080")]
    [InlineData("backend/web/server/s1", "backup", "weight 10 #", "weight 10 backup #", "8: changed in backend web: server s1: +backup")]
    [InlineData("backend/web/server/s1", "check=", "  check", "", "8: changed in backend web: server s1: -check")]
    [InlineData("backend/web/server/s2", "cookie=a b", "10.0.0.2:80", "10.0.0.2:80 cookie 'a b'", "9: changed in backend web: server s2: +cookie a b")]
    [InlineData("global/maxconn", "value=200", "maxconn 100", "maxconn 200", "2: changed in global: maxconn: 100 -> 200")]
    [InlineData("global", "maxconn=200", "maxconn 100", "maxconn 200", "2: changed in global: maxconn: 100 -> 200")]
    [InlineData("defaults", "timeout client=5s", "mode http\n", "mode http\n    timeout client 5s\n", "5: added to defaults: timeout client 5s")]
    [InlineData("backend/web", "timeout server=5s", "timeout server 30s", "timeout server 5s", "10: changed in backend web: timeout server: 30s -> 5s")]
    [InlineData("backend/web/timeout/server", "value=5s", "timeout server 30s", "timeout server 5s", "10: changed in backend web: timeout server: 30s -> 5s")]
    [InlineData("backend/web", "x-later=1", "timeout server 30s\n", "timeout server 30s\n    x-later 1\n", "11: added to backend web: x-later 1")]
    [InlineData("backend/web", "option redispatch", "GET /\n", "GET /\n    option redispatch\n", "8: added to backend web: option redispatch")]
    [InlineData("backend/web", "timeout server=", "    timeout server 30s\n", "", "10: removed from backend web: timeout server 30s")]
    public async Task Set_changes_these_words_and_says_so(string selector, string assignment, string old, string changed, string said)
    {
        var file = _folder.Write("a.cfg", Text);
        var run = (await ToolRun.OfAsync("set", file, selector, assignment)).MustEndWith(0);
        Assert.Equal(Text.Replace(old, changed, StringComparison.Ordinal), File.ReadAllText(file));
        Assert.StartsWith($"{file}:{said}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_on_standard_input_prints_the_changed_file()
    {
        var run = (await ToolRun.OfAsync(Encoding.UTF8.GetBytes(Text), ["set", "-", "backend/api/server/s1", "weight=3", "backup"])).MustEndWith(0);
        Assert.Equal(Text.Replace("10.0.1.1:80", "10.0.1.1:80 weight 3 backup", StringComparison.Ordinal), run.Output);
    }

    [Theory]
    [InlineData("backend/web/server/s1", "=5", "'=5' assigns nothing: write name=value, as in weight=20")]
    [InlineData("backend/web/server/s1", "address=", "address needs a value: address=...")]
    [InlineData("backend/web/server/s2", "weight=", "server has no word 'weight' that could be taken away")]
    [InlineData("defaults/mode", "weight=1", "the words of 'mode' have no names: set value=...")]
    [InlineData("backend/web", "a", "HAProxy knows no 'a' here: write a=value if it is meant nevertheless")]
    [InlineData("backend/web", "option httpchkk", "HAProxy knows no 'option httpchkk' here")]
    [InlineData("backend/web/server/s1", "bakcup", "HAProxy knows no 'bakcup' here")]
    [InlineData("backend/web", "server=x", "there are 2 lines 'server': select one of them")]
    [InlineData("backend/web/server/s1", "cookie=a\u0001", "cookie cannot be set: ")]
    public async Task Set_refuses_what_it_cannot_mean(string selector, string assignment, string message)
    {
        var file = _folder.Write("a.cfg", Text);
        var run = await ToolRun.OfAsync("set", file, selector, assignment);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"haproxykit: {message}", run.Errors, StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(file));
    }

    [Fact]
    public async Task Set_keeps_links_modes_and_odd_bytes()
    {
        var file = _folder.File("real.cfg");
        byte[] odd = [.. "# \xff\r\nbackend a\r\n server s :1 weight 1\r\n"u8];
        File.WriteAllBytes(file, odd);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(_folder.File("link.cfg"), file);
        (await ToolRun.OfAsync("set", _folder.File("link.cfg"), "backend/a/server/s", "weight=2")).MustEndWith(0);
        Assert.Equal([.. "# \xff\r\nbackend a\r\n server s :1 weight 2\r\n"u8], File.ReadAllBytes(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        Assert.Equal(file, new FileInfo(_folder.File("link.cfg")).LinkTarget);
    }

    public void Dispose() => _folder.Dispose();
}
