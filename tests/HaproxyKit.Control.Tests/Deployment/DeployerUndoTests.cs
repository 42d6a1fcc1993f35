using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What a deployment does when HAProxy does not follow (rule 16).</summary>
public sealed class DeployerUndoTests
{
    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(DeployedHaproxy.Ways), MemberType = typeof(DeployedHaproxy))]
    public async Task ApplyAsync_port_taken_after_the_probe_is_undone_and_the_old_worker_serves(string branch, bool byMaster)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var before = haproxy.Bytes();
        var worker = await haproxy.Instance.WorkerPidAsync();
        var port = Ports.Take();
        using var thief = new TcpListener(IPAddress.Loopback, port);
        var deployer = haproxy.Deployer(byMaster, reloader: real => new ReloaderAround(real, Steal(thief)));
        var add = DeployedHaproxy.Add($"frontend late\n  bind 127.0.0.1:{port}\n  default_backend app\n");

        var result = await deployer.ApplyAsync(add);

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, haproxy.Bytes());
        Assert.Equal(ConfigRevision.HashOf(before), result.Revision);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.ReloadFailed);
        var taken = Assert.Single(result.Diagnostics, d => d.Id == DiagnosticIds.BindUnavailable);
        Assert.EndsWith($"bind 127.0.0.1:{port}", taken.Location!.LineText is { } line ? System.Text.Encoding.UTF8.GetString(line.Span) : "");
        await HttpProbe.ReachesAsync(haproxy.Port, "node", TimeSpan.FromSeconds(5));
        Assert.NotNull(await haproxy.Instance.WorkerPidAsync());
        if (branch == "2.6")
        {
            Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        }

        thief.Stop();
        var again = await haproxy.Deployer(byMaster).ApplyAsync(add);
        Assert.True(again.Outcome == DeploymentOutcome.Applied, string.Join('\n', again.Diagnostics));
        Assert.Equal("node", await HttpProbe.AskAsync(port));
    }

    [Fact]
    public async Task ApplyAsync_operator_saves_during_a_reload_that_fails_keeps_the_operators_lines()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var port = Ports.Take();
        using var thief = new TcpListener(IPAddress.Loopback, port);
        var text = haproxy.Text;
        var steal = Steal(thief);
        var deployer = haproxy.Deployer(reloader: real => new ReloaderAround(real, () =>
        {
            File.WriteAllText(haproxy.Instance.ConfigPath, "# the operator was here\n" + haproxy.Text.Replace("maxconn 200", "maxconn 201"));
            return steal();
        }));

        var result = await deployer.ApplyAsync(DeployedHaproxy.Add($"frontend late\n  bind 127.0.0.1:{port}\n  default_backend app\n"));

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.Equal("# the operator was here\n" + text.Replace("maxconn 200", "maxconn 201"), haproxy.Text);
        await HttpProbe.ReachesAsync(haproxy.Port, "node", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task ApplyAsync_reload_that_cannot_be_asked_for_puts_the_file_back()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var before = haproxy.Bytes();
        var deployer = haproxy.Deployer(reloader: real => new ReloaderAround(
            real, () => throw new RuntimeException(RuntimeFault.PermissionDenied, "the master cannot be signalled")));

        var result = await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.Contains(result.Diagnostics, d => d.Message.Contains("cannot be signalled", StringComparison.Ordinal));
        Assert.Equal(before, haproxy.Bytes());
    }

    [Fact]
    public async Task ApplyAsync_reverse_edit_that_throws_is_told_and_not_thrown()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var request = DeployedHaproxy.Change("maxconn 200", "maxconn 201") with { Undo = _ => throw new InvalidOperationException("no way back") };
        var deployer = haproxy.Deployer(reloader: real => new ReloaderAround(real, () =>
        {
            File.AppendAllText(haproxy.Instance.ConfigPath, "# later\n");
            throw new RuntimeException(RuntimeFault.PermissionDenied, "the master cannot be signalled");
        }));

        var result = await deployer.ApplyAsync(request);

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.NotUndone);
        Assert.Equal(ConfigRevision.HashOf(haproxy.Bytes()), result.Revision);
    }

    [Fact]
    public async Task ApplyAsync_second_command_refused_takes_the_first_back_at_run_time_too()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: "backend later\n  balance roundrobin\n  server s9 127.0.0.9:1009\n");
        File.AppendAllText(haproxy.Instance.ConfigPath, "backend operators\n  the operator's typo\n");
        var before = haproxy.Bytes();
        var old = await haproxy.AddressAsync("app", "s1");
        var swap = new DeploymentRequest
        {
            Edit = d => ConfigDocument.Parse(d.ToString().Replace("s1 127.0.0.2", "s1 127.0.0.7").Replace("s9 127.0.0.9", "s9 127.0.0.8"), d.Path),
            Undo = d => ConfigDocument.Parse(d.ToString().Replace("s1 127.0.0.7", "s1 127.0.0.2").Replace("s9 127.0.0.8", "s9 127.0.0.9"), d.Path),
        };
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var isFirst = true;
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, _ =>
        {
            if (!isFirst)
            {
                return null;
            }

            // Somebody takes the server out after the change was planned.
            isFirst = false;
            stats.SetServerModeAsync("later", "s9", ServerMode.Maintenance).GetAwaiter().GetResult();
            Assert.True(stats.DeleteServerAsync("later", "s9").GetAwaiter().GetResult().IsSuccess);
            return new CheckResult { Verdict = CheckVerdict.Accepted };
        }));

        var result = await deployer.ApplyAsync(swap);

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.True(result.IsOperatorsFault);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.RuntimeRefused);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.OperatorConfigurationInvalid);
        Assert.Equal(before, haproxy.Bytes());
        Assert.Equal(old, await haproxy.AddressAsync("app", "s1"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task ApplyAsync_server_that_was_added_and_is_taken_back_is_deleted(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, more:
            "backend pool\n  balance roundrobin\n  server p1 127.0.0.21:1021\nbackend later\n  balance roundrobin\n  server s9 127.0.0.9:1009\n");
        File.AppendAllText(haproxy.Instance.ConfigPath, "backend operators\n  the operator's typo\n");
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var isFirst = true;
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, _ =>
        {
            if (!isFirst)
            {
                return null;
            }

            // Somebody takes the other server out after the change was planned.
            isFirst = false;
            stats.SetServerModeAsync("later", "s9", ServerMode.Maintenance).GetAwaiter().GetResult();
            Assert.True(stats.DeleteServerAsync("later", "s9").GetAwaiter().GetResult().IsSuccess);
            return new CheckResult { Verdict = CheckVerdict.Accepted };
        }));

        var result = await deployer.ApplyAsync(new DeploymentRequest
        {
            Edit = d => ConfigDocument.Parse(
                d.ToString().Replace("p1 127.0.0.21:1021\n", "p1 127.0.0.21:1021\n  server p2 127.0.0.22:1022\n").Replace("s9 127.0.0.9", "s9 127.0.0.8"), d.Path),
        });

        Assert.Equal(DeploymentOutcome.RolledBack, result.Outcome);
        Assert.False(result.Reloaded);
        var drainage = Assert.Single(result.Drainages);
        Assert.Equal(("pool", "p2"), (drainage.Backend, drainage.Server));
        Assert.Equal(DrainageEnding.Deleted, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.Equal(["p1"], (await stats.ShowServersStateAsync("pool")).Select(server => server.Name));
    }

    private static Func<Task> Steal(TcpListener thief)
    {
        var isStolen = false;
        return () =>
        {
            if (!isStolen)
            {
                isStolen = true;
                thief.Start();
            }

            return Task.CompletedTask;
        };
    }
}
