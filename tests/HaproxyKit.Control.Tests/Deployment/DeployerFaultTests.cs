using System.Diagnostics;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>HAProxy is absent, hangs, allows too little, or is as wanted already.</summary>
public sealed class DeployerFaultTests
{
    [Fact]
    public async Task ApplyAsync_without_HAProxy_writes_only_what_its_check_accepts()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer();
        Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"))).Outcome);
        await haproxy.Instance.StopAsync();
        var before = haproxy.Bytes();

        var refused = await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 201", "maxcon 201"));
        Assert.Equal(DeploymentOutcome.Rejected, refused.Outcome);
        Assert.Equal(before, haproxy.Bytes());

        var accepted = await deployer.ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.3"));
        Assert.Equal(DeploymentOutcome.Unreachable, accepted.Outcome);
        Assert.Equal(DiagnosticIds.HaproxyUnreachable, Assert.Single(accepted.Diagnostics).Id);
        Assert.Contains("s1 127.0.0.3", haproxy.Text, StringComparison.Ordinal);
    }

    /// <summary>Rule 2: how it is started is not known, and a check of one file alone would prove nothing.</summary>
    [Fact]
    public async Task ApplyAsync_without_a_HAProxy_that_was_ever_seen_writes_nothing_and_says_so()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        await haproxy.Instance.StopAsync();
        var before = haproxy.Bytes();

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.Equal(DeploymentOutcome.Unreachable, result.Outcome);
        Assert.Contains("no HAProxy runs", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(before, haproxy.Bytes());
    }

    [Fact]
    public async Task ApplyAsync_HAProxy_killed_after_the_write_is_unreachable_and_soon()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer(reloader: real => new ReloaderAround(real, () => haproxy.Instance.KillAsync()));
        var watch = Stopwatch.StartNew();

        var result = await deployer.ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.Equal(DeploymentOutcome.Unreachable, result.Outcome);
        Assert.Contains("maxconn 201", haproxy.Text, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task ApplyAsync_stats_socket_that_hangs_is_unreachable_within_the_limit()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var path = Path.Combine(haproxy.Instance.Folder, "hangs.sock");
        using var hangs = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        hangs.Bind(new UnixDomainSocketEndPoint(path));
        hangs.Listen(8);
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(path), new RuntimeClientOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        var watch = Stopwatch.StartNew();

        var result = await haproxy.Deployer(stats: stats).ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.3"));

        Assert.Equal(DeploymentOutcome.Unreachable, result.Outcome);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task ApplyAsync_stats_socket_of_level_user_reloads_instead()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: "global\n  stats socket {dir}/user.sock level user\n");
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(Path.Combine(haproxy.Instance.Folder, "user.sock")));

        var result = await haproxy.Deployer(stats: stats).ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.3"));

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.True(result.Reloaded);
        Assert.Equal($"127.0.0.3:{haproxy.NodePort}", await haproxy.AddressAsync("app", "s1"));
    }

    [Theory]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("[::]:{port}")]
    [InlineData("127.0.0.3:0")]
    [InlineData("127.0.0.3")]
    [InlineData("localhost:{port}")]
    [InlineData("[::ffff:127.0.0.3]:{port}")]
    public async Task ApplyAsync_address_that_the_Runtime_API_does_not_take_is_reloaded(string address)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var to = address.Replace("{port}", $"{haproxy.NodePort}");

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change($"s1 127.0.0.2:{haproxy.NodePort}", $"s1 {to}"));

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.True(result.Reloaded);
        Assert.Contains($"s1 {to}\n", haproxy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_two_servers_of_one_name_are_told_and_not_thrown()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        File.AppendAllText(haproxy.Instance.ConfigPath, $"backend twice\n  server s 127.0.0.1:1\n  server s 127.0.0.1:2\n");
        if (await ReloadsAsync(haproxy))
        {
            var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change("s 127.0.0.1:2", "s 127.0.0.1:3"));

            Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
            Assert.True(result.Reloaded);
        }
    }

    [Fact]
    public async Task ApplyAsync_nothing_to_do_sends_nothing_and_writes_nothing()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer(reloader: real => new ReloaderAround(real, () => throw new InvalidOperationException("no reload")));
        var stat = Support.Shell.Run("stat", "-c", "%i %y %z", haproxy.Instance.ConfigPath);

        var result = await deployer.ApplyAsync(DeployedHaproxy.Change("nothing of the kind", "", static _ => true));

        Assert.Equal(DeploymentOutcome.Unchanged, result.Outcome);
        Assert.True(result.Plan.IsEmpty, result.Plan.ToString());
        Assert.Equal(stat, Support.Shell.Run("stat", "-c", "%i %y %z", haproxy.Instance.ConfigPath));
    }

    [Fact]
    public async Task ApplyAsync_file_cut_short_by_an_edit_without_meaning_is_rejected()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var before = haproxy.Bytes();

        var result = await haproxy.Deployer().ApplyAsync(new DeploymentRequest
        {
            Edit = d => HaproxyKit.Syntax.ConfigDocument.Parse(d.ToString().TrimEnd('\n'), d.Path),
            Undo = d => d,
        });

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Equal(before, haproxy.Bytes());
    }

    [Fact]
    public async Task ApplyAsync_HAProxy_restarted_with_other_files_and_environment_is_judged_as_it_runs()
    {
        var second = Ports.Take();
        await using var haproxy = await DeployedHaproxy.StartAsync(setup: new HaproxySetup
        {
            Files = [new("z.cfg", "backend elsewhere\n  server s 127.0.0.1:1\n")],
            Environment = new Dictionary<string, string> { ["PUBIP"] = "127.0.0.1" },
        });
        foreach (var byMaster in new[] { true, false })
        {
            var refused = await haproxy.Deployer(byMaster).ApplyAsync(DeployedHaproxy.Add(
                "frontend far\n  bind \"${PUBIP}:" + Ports.Take() + "\"\n  default_backend nowhere\n"));
            Assert.Equal(DeploymentOutcome.Rejected, refused.Outcome);
            Assert.Contains(refused.Diagnostics, d => d.Message.Contains("nowhere", StringComparison.Ordinal));

            var lines = "frontend far\n  bind \"${PUBIP}:" + second + "\"\n  default_backend elsewhere\n";
            var result = await haproxy.Deployer(byMaster).ApplyAsync(DeployedHaproxy.Add(lines));
            Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
            Assert.Contains($"0100007F:{second:X4}", File.ReadAllText("/proc/net/tcp"), StringComparison.Ordinal);
            Assert.Equal(DeploymentOutcome.Applied, (await haproxy.Deployer(byMaster).ApplyAsync(DeployedHaproxy.Change(lines, ""))).Outcome);
            await haproxy.Instance.RestartAsync();
        }
    }

    [Fact]
    public async Task ApplyAsync_new_address_that_fails_its_check_too_is_no_reason_to_reload()
    {
        var dead = Ports.Take();
        await using var haproxy = await DeployedHaproxy.StartAsync(
            more: $"backend down\n  server s 127.0.0.1:{dead} check inter 20ms fall 1 rise 1\n");
        await Eventually.TrueAsync(
            async () => (await haproxy.Instance.AskAsync("show stat"))!.Contains("down,s,", StringComparison.Ordinal)
                && (await haproxy.Instance.AskAsync("show servers state down"))!.Contains($"s 127.0.0.1 0 ", StringComparison.Ordinal),
            "the server is down");
        var worker = await haproxy.Instance.WorkerPidAsync();
        for (var i = 2; i < 12; i++)
        {
            var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change($"s 127.0.0.{i - 1}:{dead}", $"s 127.0.0.{i}:{dead}"));

            Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
            Assert.False(result.Reloaded);
            Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        }

        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
    }

    [Fact]
    public async Task InvocationSource_master_socket_that_does_not_answer_reads_the_pid_file()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var gone = RuntimeEndpoint.Unix(Path.Combine(haproxy.Instance.Folder, "gone.sock"));
        var source = new InvocationSource(
            new HaproxyOptions { PidFile = haproxy.Instance.PidFile, ConfigFile = "/nowhere" }, new WorkerWatch(new RuntimeClient(gone), new MasterClient(gone)));

        var reading = await source.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(haproxy.Instance.MasterPid, reading.Invocation?.MasterPid);
        Assert.Equal(haproxy.Instance.ConfigPaths, reading.Invocation!.ConfigPaths);
    }

    private static async Task<bool> ReloadsAsync(DeployedHaproxy haproxy)
    {
        var before = await haproxy.Instance.WorkerPidAsync();
        haproxy.Instance.Signal(ProcessSignal.User2);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
        {
            if (await haproxy.Instance.WorkerPidAsync() is { } now && now != before)
            {
                await haproxy.SettleAsync();
                return true;
            }
        }

        return false;
    }
}
