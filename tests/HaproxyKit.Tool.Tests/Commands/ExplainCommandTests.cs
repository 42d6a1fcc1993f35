using System.Text.Json;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class ExplainCommandTests
{
    [Fact]
    public async Task A_keyword_is_told_with_its_sections_and_signature()
    {
        var run = (await ToolRun.OfAsync("explain", "timeout", "client")).MustEndWith(0);
        Assert.Equal(run.Output, (await ToolRun.OfAsync("explain", "timeout client")).Output);
        Assert.StartsWith("timeout client  (keyword)\n  signature   timeout client <", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  sections    defaults, frontend, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  versions    from 2.6\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_of_several_places_is_told_for_each()
    {
        using var json = JsonDocument.Parse((await ToolRun.OfAsync("explain", "maxconn", "--format", "json")).MustEndWith(0).Output);
        var kinds = json.RootElement.EnumerateArray().Where(entry => entry.GetProperty("name").GetString() == "maxconn").Select(entry => entry.GetProperty("kind").GetString());
        Assert.Superset(new HashSet<string?>(["keyword", "word of bind", "word of server"]), kinds.ToHashSet());
        var rules = (await ToolRun.OfAsync("explain", "set-header")).MustEndWith(0).Output;
        Assert.Contains("http-request set-header  (rule)", rules, StringComparison.Ordinal);
        Assert.Contains("http-response set-header  (rule)", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_beginning_of_names_gives_them_all()
    {
        var run = (await ToolRun.OfAsync("explain", "timeout")).MustEndWith(0);
        Assert.Contains("timeout connect  (keyword)", run.Output, StringComparison.Ordinal);
        Assert.Contains("timeout server  (keyword)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_has_only_its_own_words()
    {
        (await ToolRun.OfAsync("explain", "crt-store", "--haproxy", "3.0")).MustEndWith(0);
        Assert.Equal(1, (await ToolRun.OfAsync("explain", "crt-store", "--haproxy", "2.6.12-1+deb12u2")).ExitCode);
    }

    [Fact]
    public async Task An_unknown_word_ends_with_1_and_near_ones()
    {
        var run = await ToolRun.OfAsync("explain", "maxcon");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("haproxykit: 'maxcon' is not known; near it: maxconn", run.Errors, StringComparison.Ordinal);
        (await ToolRun.OfAsync("explain", "qqqqqqqqqq")).MustFailWith(1, "'qqqqqqqqqq' is not known");
        Assert.Equal("[]\n", (await ToolRun.OfAsync("explain", "qqqqqqqqqq", "--format", "json")).Output);
    }
}
