using System.Diagnostics;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class CommandReloaderTests
{
    private static readonly ReloaderOptions Hasty = new() { Timeout = TimeSpan.FromSeconds(2), ResumeTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task ReloadAsync_program_that_fails_says_what_it_said()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");

        var result = await new CommandReloader(haproxy.Watch, "/bin/sh", ["-c", "echo no; echo way >&2; exit 7"], Hasty)
            .ReloadAsync(ReloadExpectation.None);
        var unit = await new SystemdReloader(haproxy.Watch, "other", Hasty, systemctl: StandInSystemctl.WriteTo(haproxy.Instance))
            .ReloadAsync(ReloadExpectation.None);

        Assert.Equal((false, true), (result.Succeeded, result.StillServing));
        Assert.Contains("/bin/sh ended with exit code 7: ", result.Diagnostics[0].Message);
        Assert.Contains("no\n", result.Diagnostics[0].Message);
        Assert.Contains("way", result.Diagnostics[0].Message);
        Assert.Equal((false, true), (unit.Succeeded, unit.StillServing));
        Assert.Contains("exit code 5: Failed to reload other: Unit other not found.", unit.Diagnostics[0].Message);
    }

    [Fact]
    public async Task ReloadAsync_arguments_reach_the_program_as_they_are()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var marker = Path.Combine(haproxy.Instance.Folder, "marker");

        var result = await new CommandReloader(haproxy.Watch, "/bin/ls", ["; touch " + marker, "$(touch " + marker + ")", "a b"], Hasty)
            .ReloadAsync(ReloadExpectation.None);

        Assert.False(File.Exists(marker));
        Assert.Contains("'; touch ", result.Diagnostics[0].Message);
        Assert.Contains("'a b'", result.Diagnostics[0].Message);
    }

    [Fact]
    public async Task ReloadAsync_program_that_says_that_all_is_well_is_not_believed()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");

        var result = await new CommandReloader(haproxy.Watch, "/bin/true", []).ReloadAsync(ReloadExpectation.None);

        Assert.Equal((false, true), (result.Succeeded, result.StillServing));
        Assert.Contains("has loaded nothing", result.Diagnostics[0].Message);
    }

    /// <summary>What came of it counts, not what the program says of it.</summary>
    [Fact]
    public async Task ReloadAsync_program_that_reloads_and_complains_has_reloaded()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.0");

        var result = await new CommandReloader(haproxy.Watch, "/bin/sh", ["-c", $"kill -USR2 {haproxy.Instance.MasterPid}; exit 1"])
            .ReloadAsync(ReloadExpectation.None);

        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
    }

    [Fact]
    public async Task ReloadAsync_program_that_hangs_is_ended_in_time()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var pids = Path.Combine(haproxy.Instance.Folder, "pids");

        var watch = Stopwatch.StartNew();
        var result = await new CommandReloader(haproxy.Watch, "/bin/sh", ["-c", $"echo $$ > {pids}; exec sleep 60"], Hasty)
            .ReloadAsync(ReloadExpectation.None);

        Assert.Equal((false, true), (result.Succeeded, result.StillServing));
        Assert.Contains("/bin/sh did not end within 2 s", result.Diagnostics[0].Message);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(() => !Directory.Exists("/proc/" + File.ReadAllText(pids).Trim()), "the program has ended");
    }

    /// <summary>A program may leave something behind that holds its output open, HAProxy itself for one: that is neither waited for nor ended.</summary>
    [Fact]
    public async Task ReloadAsync_what_the_program_leaves_behind_is_left_alone()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var pids = Path.Combine(haproxy.Instance.Folder, "pids");

        var result = await new CommandReloader(
            haproxy.Watch, "/bin/sh", ["-c", $"sleep 30 & echo $! > {pids}; kill -USR2 {haproxy.Instance.MasterPid}"]).ReloadAsync(ReloadExpectation.None);

        using var left = Process.GetProcessById(int.Parse((await File.ReadAllTextAsync(pids)).Trim()));
        Assert.False(left.HasExited);
        left.Kill();
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task ReloadAsync_program_that_is_not_there_means_that_nothing_has_happened()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var before = await haproxy.Watch.ReadAsync();

        foreach (var program in new[] { "/no/such/program", haproxy.Instance.ConfigPath, haproxy.Instance.Folder })
        {
            var e = await Assert.ThrowsAsync<RuntimeException>(() => new CommandReloader(haproxy.Watch, program, [], Hasty).ReloadAsync(ReloadExpectation.None));
            Assert.Equal(RuntimeFault.Unreachable, e.Fault);
            Assert.Contains(program, e.Message);
        }

        Assert.Equal(before, await haproxy.Watch.ReadAsync());
    }

    [Theory]
    [InlineData("haproxy", true)]
    [InlineData("haproxy.service", true)]
    [InlineData("haproxy@edge-1.service", true)]
    [InlineData("my.haproxy.service", true)]
    [InlineData("ha\\x2dproxy.service", true)]
    [InlineData("", false)]
    [InlineData("-H", false)]
    [InlineData("--root=/x", false)]
    [InlineData("haproxy other", false)]
    [InlineData("haproxy;reboot", false)]
    [InlineData("haproxy*", false)]
    [InlineData("haproxy\n", false)]
    [InlineData("haproxy\0", false)]
    [InlineData("../haproxy", false)]
    [InlineData("haproxy.socket", false)]
    [InlineData("reboot.target", false)]
    [InlineData("haproxy.", false)]
    public void IsUnitName_only_a_service_is_one(string text, bool expected)
    {
        var watch = new WorkerWatch(new RuntimeClient(RuntimeEndpoint.Unix("/none.sock")));

        Assert.Equal(expected, SystemdReloader.IsUnitName(text));
        Assert.Equal(expected, Record.Exception(() => new SystemdReloader(watch, text)) is not ArgumentException);
    }

    [Fact]
    public void Constructor_program_without_a_full_path_is_refused()
    {
        var watch = new WorkerWatch(new RuntimeClient(RuntimeEndpoint.Unix("/none.sock")));

        Assert.Throws<ArgumentException>(() => new CommandReloader(watch, "kill", []));
        Assert.Throws<ArgumentException>(() => new CommandReloader(watch, "/bin/kill", ["a\0b"]));
        Assert.Throws<ArgumentException>(() => new SystemdReloader(watch, "haproxy", systemctl: "systemctl"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandReloader(watch, "/bin/kill", [], new ReloaderOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandReloader(watch, "/bin/kill", [], new ReloaderOptions { MaxOldWorkers = -1 }));
        Assert.False(SystemdReloader.IsUnitName(new string('a', 256)));
    }
}
