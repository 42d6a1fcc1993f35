using System.Globalization;
using System.Text.RegularExpressions;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Readme;

/// <summary>The commands with which the README applies to a running HAProxy run, and end as it says there.</summary>
public sealed partial class ReadmeApplyTests
{
    [Fact]
    public async Task Commands_that_apply_end_as_the_readme_says()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var shown = readme.Split("## Apply to a running HAProxy\n")[1].Split("```sh\n")[1].Split("```")[0];
        var commands = Command().Matches(shown).Select(match => (match.Groups["arguments"].Value.Trim(), match.Groups["code"].Value)).ToList();
        Assert.Equal(["plan", "apply", "apply", "status", "rollback"], commands.Select(command => command.Item1.Split(' ')[0]));
        await using var haproxy = await ControlledHaproxy.StartAsync();
        var before = haproxy.Text;
        var candidate = haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81");
        var settings = $"export HAPROXYKIT_TARGET={haproxy.Target} HAPROXYKIT_STATS_SOCKET={haproxy.Instance.StatsSocket} "
            + $"HAPROXYKIT_MASTER_SOCKET={haproxy.Instance.MasterSocket} HAPROXYKIT_STATE_FOLDER={haproxy.StateFolder}";
        foreach (var (arguments, code) in commands)
        {
            var run = await ToolRun.OfProgramAsync(
                "bash", ["-c", $"{settings}; dotnet '{ToolRun.Program}' {arguments}"], folder: Path.GetDirectoryName(candidate));
            Assert.True(run.ExitCode.ToString(CultureInfo.InvariantCulture) == code, $"{arguments}: {run.ExitCode}\n{run.Output}{run.Errors}");
        }

        Assert.Equal(before, haproxy.Text);
        Assert.Equal("127.0.0.2:80", await haproxy.AddressAsync("s1"));
    }

    [GeneratedRegex("^haproxykit (?<arguments>[^#\n]*)#[^\n]*ends with (?<code>[0-2])", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Command();
}
