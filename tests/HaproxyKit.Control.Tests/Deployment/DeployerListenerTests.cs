using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What never reaches a reload: a file without a listener, and a bind that cannot be had (rules 1 and 3).</summary>
public sealed class DeployerListenerTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("# nothing\n")]
    [InlineData("defaults\n  mode tcp\nbackend b\n  server s 127.0.0.1:1\n")]
    [InlineData(".if 0\nlisten l\n  bind 127.0.0.1:19\n.endif\n")]
    public async Task ApplyAsync_candidate_without_a_bind_is_rejected_and_nothing_is_written(string candidate)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var before = Seen(haproxy);

        var result = await haproxy.Deployer().ApplyAsync(new DeploymentRequest
        {
            Edit = d => HaproxyKit.Syntax.ConfigDocument.Parse(candidate, d.Path),
            Undo = d => d,
        });

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.NoListener);
        Assert.Equal(before, Seen(haproxy));
    }

    /// <summary>Rule 1: too few descriptors pass <c>-c</c>, and the reload then fails for all.</summary>
    [Fact]
    public async Task ApplyAsync_more_listeners_than_descriptors_are_rejected_before_the_reload()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        await haproxy.Instance.LimitFilesAsync(await haproxy.Instance.MaxSockAsync() + 20);
        var first = Ports.Take();

        var few = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add($"listen few\n  bind 127.0.0.77:{first}-{first + 9}\n"));
        Assert.True(few.Outcome == DeploymentOutcome.Applied, string.Join('\n', few.Diagnostics));

        var before = Seen(haproxy);
        var worker = await haproxy.Instance.WorkerPidAsync();
        var many = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add($"listen many\n  bind 127.0.0.78:{first}-{first + 99}\n"));

        Assert.Equal(DeploymentOutcome.Rejected, many.Outcome);
        var shortage = Assert.Single(many.Diagnostics);
        Assert.Equal(DiagnosticIds.TooManyDescriptors, shortage.Id);
        Assert.Contains("needs 100 descriptors more", shortage.Message, StringComparison.Ordinal);
        Assert.Equal(before, Seen(haproxy));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Fact]
    public async Task ApplyAsync_listen_counts_as_a_listener()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change($"frontend web\n  bind 127.0.0.1:{haproxy.Port}\n", $"listen web\n  bind 127.0.0.1:{haproxy.Port}\n"));

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Fact]
    public async Task ApplyAsync_last_bind_of_a_file_of_our_own_may_go_where_others_listen()
    {
        var port = Ports.Take();
        await using var haproxy = await DeployedHaproxy.StartAsync(setup: new HaproxySetup
        {
            Files = [new("own.cfg", $"# ours\nfrontend own\n  bind 127.0.0.1:{port}\n  default_backend app\n")],
        });
        var own = haproxy.Instance.ConfigPaths[1];

        var result = await haproxy.Deployer(path: own).ApplyAsync(new DeploymentRequest
        {
            Edit = d => HaproxyKit.Syntax.ConfigDocument.Parse("# ours\n", d.Path),
            Undo = d => d,
            IsManaged = name => name == "own",
        });

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Null(await HttpProbe.AskAsync(port));
    }

    [Theory]
    [InlineData("frontend late\n  bind 127.0.0.1:{taken}\n")]
    [InlineData("frontend late\n  bind 127.0.0.1:{free},127.0.0.1:{taken}\n")]
    [InlineData("frontend late\n  bind 127.0.0.1:{below}-{taken}\n")]
    [InlineData("frontend late\n  bind :{taken} v4v6\n")]
    [InlineData("frontend late\n  bind :::{taken}\n")]
    [InlineData("frontend late\n  bind 192.0.2.77:{free}\n")]
    [InlineData("frontend late\n  bind 127.0.0.1:40000\n")]
    public async Task ApplyAsync_bind_that_cannot_be_had_is_rejected_at_its_place(string lines)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var before = Seen(haproxy);
        var text = lines.Replace("{taken}", $"{other.Port}").Replace("{below}", $"{other.Port - 1}").Replace("{free}", $"{Ports.Take()}") + "  default_backend app\n";

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add(text));

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        var found = Assert.Single(result.Diagnostics, d => d.Id == DiagnosticIds.BindUnavailable);
        Assert.Equal(haproxy.Instance.ConfigPath, found.Location!.File);
        Assert.Equal(haproxy.Text.Split('\n').Length + 1, found.Location.Line);
        Assert.Equal(8, found.Location.Column);
        Assert.Equal(before, Seen(haproxy));
    }

    [Fact]
    public async Task ApplyAsync_running_frontend_gets_a_taken_bind_is_rejected()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var before = Seen(haproxy);

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change($"bind 127.0.0.1:{haproxy.Port}", $"bind 127.0.0.1:{other.Port}"));

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Contains(result.Diagnostics, d => d.Id == DiagnosticIds.BindUnavailable);
        Assert.Equal(before, Seen(haproxy));
    }

    [Theory]
    [InlineData("frontend web\n  bind 127.0.0.1:{port}", "frontend renamed\n  bind 127.0.0.1:{port}")]
    [InlineData("frontend web\n  bind 127.0.0.1:{port}", "frontend renamed\n  bind ipv4@127.0.0.1:{port}")]
    [InlineData("frontend web\n  bind 127.0.0.1:{port}", "frontend web\n  bind *:{port}")]
    public async Task ApplyAsync_bind_that_this_HAProxy_holds_itself_is_not_taken(string from, string to)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change(from.Replace("{port}", $"{haproxy.Port}"), to.Replace("{port}", $"{haproxy.Port}")));

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Fact]
    public async Task ApplyAsync_two_hundred_times_the_file_is_never_absent()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync();
        var deployer = haproxy.Deployer();
        var isDone = false;
        var absent = 0;
        var watcher = new Thread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                var info = new FileInfo(haproxy.Instance.ConfigPath);
                absent += info.Exists && info.Length > 100 ? 0 : 1;
            }
        });
        watcher.Start();
        for (var i = 0; i < 200; i++)
        {
            var (now, next) = (2 + (i % 2), 2 + ((i + 1) % 2));
            Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(DeployedHaproxy.Change($"s1 127.0.0.{now}:", $"s1 127.0.0.{next}:", DeployedHaproxy.IsApp))).Outcome);
        }

        // With the check that follows, which has a file of its own.
        await deployer.DisposeAsync();
        Volatile.Write(ref isDone, true);
        watcher.Join();
        Assert.Equal(0, absent);
        Assert.Single(Directory.GetFiles(haproxy.Instance.Folder, "*", SearchOption.TopDirectoryOnly), f => f.Contains("haproxy.cfg", StringComparison.Ordinal));
    }

    private static string Seen(DeployedHaproxy haproxy) =>
        Support.Shell.Run("stat", "-c", "%i %Y %s", haproxy.Instance.ConfigPath) + haproxy.Text + haproxy.Instance.WorkerPidAsync().GetAwaiter().GetResult();
}
