using System.Text.RegularExpressions;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Readme;

/// <summary>The commands of the README run, and end as it says there.</summary>
public sealed partial class ReadmeCommandTests
{
    [Fact]
    public async Task Commands_of_the_readme_end_as_it_says()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var shown = readme.Split("## haproxykit\n")[1].Split("```sh\n")[1].Split("```")[0];
        var commands = Command().Matches(shown).Select(match => (match.Groups["arguments"].Value.Trim(), match.Groups["code"].Value)).ToList();
        Assert.Equal(9, commands.Select(command => command.Item1.Split(' ')[0]).Distinct().Count());
        foreach (var (arguments, code) in commands)
        {
            using var folder = new TemporaryFolder();
            folder.Write("haproxy.cfg", "global\n  maxconn 10\nbackend web\n    server s1 10.0.0.1:80 weight 1\n");
            folder.Write("new.cfg", "global\n  maxconn 20\n");
            var run = await ToolRun.OfProgramAsync("bash", ["-c", $"dotnet '{ToolRun.Program}' {arguments}"], folder: folder.Path);
            Assert.True(run.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture) == code, $"{arguments}: {run.ExitCode}\n{run.Output}{run.Errors}");
        }
    }

    [GeneratedRegex("^haproxykit (?<arguments>[^#\n]*)#[^\n]*ends with (?<code>[0-2])", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Command();
}
