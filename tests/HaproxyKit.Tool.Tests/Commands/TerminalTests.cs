using System.Text;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Help_names_every_command_and_version_is_the_package_s()
    {
        foreach (var arguments in (string[][])[["--help"], ["-h"]])
        {
            var help = (await ToolRun.OfAsync(arguments)).MustEndWith(0).Output;
            Assert.Contains("haproxykit [command]", help, StringComparison.Ordinal);
            Assert.All((string[])["check", "fmt", "diff", "words", "print", "show", "set", "explain", "plan", "apply", "status", "rollback"], name => Assert.Contains($"\n  {name} ", help, StringComparison.Ordinal));
        }

        Assert.Contains("--with-haproxy", (await ToolRun.OfAsync("check", "--help")).MustEndWith(0).Output, StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", (await ToolRun.OfAsync("--version")).MustEndWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_understood_ends_with_2_and_one_line()
    {
        (await ToolRun.OfAsync("bogus")).MustFailWith(2, "'bogus' is not understood here; see haproxykit --help");
        (await ToolRun.OfAsync("print", "a", "--bogus")).MustFailWith(2, "'--bogus' is not understood here; see haproxykit --help");
        Assert.Equal(2, (await ToolRun.OfAsync()).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("print")).ExitCode);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        var file = _folder.Write("a.cfg", "global\n" + string.Concat(Enumerable.Repeat("    description some words\n", 100_000)));
        foreach (var command in (string[])["print", "words", "check"])
        {
            var run = await ToolRun.OfProgramAsync("bash", ["-c", $"dotnet '{ToolRun.Program}' {command} '{file}' | head -1; exit 0"]);
            Assert.Equal(("", 0), (run.Errors, run.ExitCode));
        }
    }

    [Fact]
    public async Task Colours_are_for_terminals_alone_and_NO_COLOR_turns_them_off()
    {
        var (a, b) = (_folder.Write("a.cfg", "global\n x 1\n"), _folder.Write("b.cfg", "global\n x 2\n"));
        Assert.DoesNotContain("\u001b", (await ToolRun.OfAsync("diff", a, b)).MustEndWith(1).Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[31m  - x 1\u001b[0m", await OnTerminalAsync($"diff {a} {b}"), StringComparison.Ordinal);
        Assert.Contains("\u001b[32m  + x 2\u001b[0m", await OnTerminalAsync($"diff {a} {b}"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", await OnTerminalAsync($"diff {a} {b}", "NO_COLOR=1 "), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", await OnTerminalAsync($"diff {a} {b}", "TERM=dumb "), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> OnTerminalAsync(string arguments, string environment = "")
    {
        Assert.True(File.Exists("/usr/bin/script"), "No script(1) to make a terminal with: apt-get install bsdutils");
        var run = await ToolRun.OfProgramAsync("script", ["-qec", $"{environment}dotnet '{ToolRun.Program}' {arguments}", "/dev/null"]);
        return Encoding.UTF8.GetString(run.Bytes);
    }
}
