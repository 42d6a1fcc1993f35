using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class StatusCommandTests
{
    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public async Task Status_shows_what_runs_and_the_last_changes(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        (await haproxy.RunAsync("apply", haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81"))).MustEndWith(0);
        await haproxy.Instance.AskAsync("disable frontend web");
        await haproxy.Instance.AskAsync("set server app/s2 state maint");

        var status = await haproxy.RunJsonAsync(0, "status");
        var text = (await haproxy.RunAsync("status")).MustEndWith(0).Output;

        Assert.StartsWith(branch, status.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), status.GetProperty("workerPid").GetInt32());
        Assert.Equal(haproxy.Instance.MasterPid, status.GetProperty("masterPid").GetInt32());
        Assert.Equal(0, status.GetProperty("oldWorkers").GetArrayLength());
        Assert.Equal("web", status.GetProperty("frontends").GetProperty("down")[0].GetString());
        Assert.Equal("app/s2", status.GetProperty("servers").GetProperty("maintenance")[0].GetString());
        Assert.Equal(1, status.GetProperty("servers").GetProperty("up").GetInt32());
        Assert.NotEmpty(status.GetProperty("drift").EnumerateArray());
        Assert.All(status.GetProperty("drift").EnumerateArray(), item => Assert.True(item.GetProperty("byHand").GetBoolean(), item.ToString()));
        var change = Assert.Single(status.GetProperty("changes").EnumerateArray());
        Assert.Equal("set app/s1 to 127.0.0.9:81", change.GetProperty("steps")[0].GetString());
        Assert.Contains("hard-stop-after", status.GetProperty("alarms")[0].GetString(), StringComparison.Ordinal);

        Assert.StartsWith($"HAProxy {branch}", text, StringComparison.Ordinal);
        Assert.Contains("\nold workers: none\n", text, StringComparison.Ordinal);
        Assert.Contains("\nfrontends: 0 open, 1 closed (web)\n", text, StringComparison.Ordinal);
        Assert.Contains("\nservers: 1 up, 0 down, 1 in maintenance (app/s2)\n", text, StringComparison.Ordinal);
        Assert.Contains("\nalarm: no hard-stop-after in global", text, StringComparison.Ordinal);
        Assert.Matches("\nchange 1, [0-9-]+ [0-9:]+Z, applied, haproxykit apply .*: set app/s1 to 127.0.0.9:81\n", text);
    }

    [Fact]
    public async Task Status_shows_an_address_that_differs_from_the_file()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        Assert.Contains("; HAProxy differs in nothing\n", (await haproxy.RunAsync("status")).MustEndWith(0).Output, StringComparison.Ordinal);
        await haproxy.Instance.AskAsync("set server app/s1 addr 127.0.0.7 port 99");

        var text = (await haproxy.RunAsync("status")).MustEndWith(1).Output;

        Assert.Contains("; HAProxy differs:\n  server app/s1: the file says 127.0.0.2:80, HAProxy says 127.0.0.7:99\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.6", false)]
    [InlineData("3.0", true)]
    [InlineData("3.2", false)]
    public async Task Status_tells_ports_that_wait_for_a_call_and_spare_servers_as_what_they_are(string branch, bool isNamedByPort)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        // A section that somebody has copied with its marker is the operator's.
        var mapping = await haproxy.AddClosedMappingAsync(isNamedByPort, mapping => $"""

            # haproxykit mapping web:{mapping.FrontendPort} owner=o lease=1h closed
            frontend phonehome_copy
              bind 127.0.0.1:{Ports.Take()}
              default_backend app

            """);

        var status = await haproxy.RunJsonAsync(0, "status");
        var text = (await haproxy.RunAsync("status")).MustEndWith(0).Output;

        Assert.Empty(status.GetProperty("drift").EnumerateArray());
        Assert.Empty(status.GetProperty("frontends").GetProperty("down").EnumerateArray());
        Assert.Equal(mapping.FrontendName, Assert.Single(status.GetProperty("frontends").GetProperty("waiting").EnumerateArray()).GetString());
        Assert.Empty(status.GetProperty("servers").GetProperty("maintenance").EnumerateArray());
        Assert.Equal(
            [$"{mapping.BackendName}/n1", $"{mapping.BackendName}/n2"],
            status.GetProperty("servers").GetProperty("waiting").EnumerateArray().Select(server => server.GetString()));
        Assert.Contains($"\nfrontends: 2 open, 0 closed, 1 closed until they are called for ({mapping.FrontendName})\n", text, StringComparison.Ordinal);
        Assert.Contains("\nservers: 2 up, 0 down, 2 spare\n", text, StringComparison.Ordinal);
        Assert.Contains("; HAProxy differs in nothing\n", text, StringComparison.Ordinal);

        await haproxy.Instance.AskAsync("disable frontend phonehome_copy");
        await haproxy.Instance.AskAsync($"enable frontend {mapping.FrontendName}");
        text = (await haproxy.RunAsync("status")).MustEndWith(1).Output;
        Assert.Contains("\nfrontends: 2 open, 1 closed (phonehome_copy)\n", text, StringComparison.Ordinal);
        Assert.Contains($"  frontend {mapping.FrontendName}: the file says closed, HAProxy says OPEN\n", text, StringComparison.Ordinal);
        Assert.Matches("  frontend phonehome_copy: the file says open, HAProxy says (PAUSED|STOP) \\(by hand\\)\n", text);
    }

    [Fact]
    public async Task Status_of_a_HAProxy_that_does_not_answer_names_the_socket_and_the_remedy()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        await haproxy.Instance.StopAsync();

        var text = (await haproxy.RunAsync("status")).MustEndWith(1).Output;

        Assert.StartsWith("HAProxy does not answer\n", text, StringComparison.Ordinal);
        Assert.Contains(haproxy.Instance.StatsSocket, text, StringComparison.Ordinal);
        Assert.Contains("name its stats socket with --stats-socket", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_of_damaged_changes_and_stick_tables_without_peers()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync("3.2");
        (await haproxy.RunAsync("apply", haproxy.Candidate("backend app\n", "backend app\n  stick-table type ip size 10k\n"))).MustEndWith(0);
        var file = Assert.Single(Directory.GetFiles(haproxy.StateFolder));
        File.WriteAllText(file, "{}");

        var alarms = (await haproxy.RunJsonAsync(0, "status")).GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetString()).ToList();

        Assert.Contains(alarms, alarm => alarm!.StartsWith(file, StringComparison.Ordinal));
        Assert.Contains("the stick tables of web, app name no peers: each reload empties them", alarms);
        var run = await haproxy.RunAsync("rollback");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{file}: ", run.Errors, StringComparison.Ordinal);
    }
}
