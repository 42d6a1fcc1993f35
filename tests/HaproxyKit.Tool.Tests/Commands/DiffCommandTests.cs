using System.Text;
using System.Text.Json;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class DiffCommandTests : IDisposable
{
    private const string Base = "global\n  maxconn 1\nbackend app\n  mode tcp\n  server s1 10.0.0.1:80 weight 1\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Equal_meaning_ends_with_0_and_says_nothing()
    {
        var (a, b) = (_folder.Write("a.cfg", Base), _folder.Write("b.cfg", Base.Replace("  ", "\t", StringComparison.Ordinal) + "# c\n"));
        Assert.Equal("", (await ToolRun.OfAsync("diff", a, b)).MustEndWith(0).Output);
        Assert.Equal("[]\n", (await ToolRun.OfAsync("diff", a, b, "--format", "json")).MustEndWith(0).Output);
    }

    [Fact]
    public async Task A_difference_ends_with_1_and_is_shown()
    {
        var a = _folder.Write("a.cfg", Base);
        var input = Encoding.UTF8.GetBytes(Base.Replace("weight 1", "weight 2", StringComparison.Ordinal));
        Assert.Equal(
            """
            <stdin>:5: changed in backend app: server s1: weight 1 -> 2
              - server s1 10.0.0.1:80 weight 1
              + server s1 10.0.0.1:80 weight 2

            """,
            (await ToolRun.OfAsync(input, ["diff", a, "-"])).MustEndWith(1).Output);
        using var json = JsonDocument.Parse((await ToolRun.OfAsync(input, ["diff", "-", a, "--format", "json"])).MustEndWith(1).Output);
        Assert.Equal("2", json.RootElement[0].GetProperty("words")[0].GetProperty("old").GetString());
    }

    [Fact]
    public async Task Folders_are_one_configuration_with_the_lines_of_their_files()
    {
        _folder.Write("a/1.cfg", "global\n  maxconn 1");
        _folder.Write("a/2.cfg", "backend app\n  mode tcp\n");
        _folder.Write("b/all.cfg", "backend app\n  mode http\nglobal\n  maxconn 1\n");
        var run = (await ToolRun.OfAsync("diff", _folder.File("a"), _folder.File("b/all.cfg"))).MustEndWith(1);
        Assert.Contains($"{_folder.File("b")}/all.cfg:2: changed in backend app: mode: tcp -> http\n", run.Output, StringComparison.Ordinal);
        var back = (await ToolRun.OfAsync("diff", _folder.File("b"), _folder.File("a"), "--format", "json")).MustEndWith(1);
        using var json = JsonDocument.Parse(back.Output);
        var mode = json.RootElement.EnumerateArray().Single(change => change.GetProperty("keyword").GetString() == "mode").GetProperty("new");
        Assert.Equal(($"{_folder.File("a")}/2.cfg", 2), (mode.GetProperty("file").GetString(), mode.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_compared_ends_with_2()
    {
        (await ToolRun.OfAsync("diff", "-", "-")).MustFailWith(2, "only one of the two can be standard input");
        (await ToolRun.OfAsync("diff", "/no/a", "/no/b")).MustFailWith(2, "/no/a does not exist");
        Assert.Equal(2, (await ToolRun.OfAsync("diff", "/no/a")).ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
