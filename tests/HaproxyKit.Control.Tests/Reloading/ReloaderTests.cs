using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>What every way to reload must do, on every branch.</summary>
public sealed class ReloaderTests
{
    private const string SignalAlone = "signal alone";

    private static readonly ReloaderOptions Hasty =
        new() { Timeout = TimeSpan.FromSeconds(5), ResumeTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_new_frontend_is_proved_to_serve(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var old = await haproxy.Instance.WorkerPidAsync();
        var port = Ports.Take();
        haproxy.Write(ReloadingHaproxy.Frontend("second", port));

        var result = await haproxy.Reloader(way).ReloadAsync(new ReloadExpectation { Frontends = ["web", "second"] });

        Assert.True(result.Succeeded, Told(result));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(old, result.OldWorkerPid);
        Assert.NotEqual(old, result.NewWorkerPid);
        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), result.NewWorkerPid);
        Assert.Equal(result.NewWorkerPid, result.Worker?.WorkerPid);
        Assert.Equal(way == "master socket" && branch != "2.6", result.StartupLogs.Length > 0);
        Assert.Equal("node", await HttpProbe.AskAsync(port));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_port_clash_says_that_the_old_worker_serves_on(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var old = await haproxy.Instance.WorkerPidAsync();
        haproxy.Write(ReloadingHaproxy.Frontend("clash", other.Port));

        var result = await haproxy.Reloader(way).ReloadAsync(new ReloadExpectation { Frontends = ["clash"] });

        AssertOldServesOn(result, old);
        Assert.Equal(result.StartupLogs.Length > 0, result.Diagnostics.Any(d => d.Message.Contains("Address already in use")));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_configuration_that_HAProxy_refuses_leaves_the_old_worker_and_names_the_line(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var old = await haproxy.Instance.WorkerPidAsync();
        haproxy.Write("backend wrong\n  no-such-keyword x\n");
        var line = File.ReadLines(haproxy.Instance.ConfigPath).Count();

        var result = await haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None);

        AssertOldServesOn(result, old);
        if (way == "master socket" && branch != "2.6")
        {
            var alert = result.Diagnostics.First(d => d.Id == DiagnosticIds.HaproxyMessage);
            Assert.Contains("no-such-keyword", alert.Message);
            Assert.Equal((haproxy.Instance.ConfigPath, line), (alert.Location?.File, alert.Location?.Line));
        }
        else
        {
            Assert.Contains("log", Assert.Single(result.Diagnostics).Hint);
        }

        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_frontend_that_is_taken_out_is_proved_to_be_gone(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var reloader = haproxy.Reloader(way);
        var port = Ports.Take();
        haproxy.Write(ReloadingHaproxy.Frontend("second", port));
        Assert.True((await reloader.ReloadAsync(new ReloadExpectation { Frontends = ["second"] })).Succeeded);
        haproxy.Write("");

        var result = await reloader.ReloadAsync(new ReloadExpectation { Frontends = ["web"], GoneFrontends = ["second"] });

        Assert.True(result.Succeeded, Told(result));
        Assert.Null(await HttpProbe.AskAsync(port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_new_worker_without_what_was_expected_is_a_failure_that_names_it(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        haproxy.Write(ReloadingHaproxy.Frontend("second", Ports.Take()));

        var result = await haproxy.Reloader(way).ReloadAsync(
            new ReloadExpectation { Frontends = ["second", "absent"], GoneFrontends = ["web"] });

        Assert.False(result.Succeeded);
        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), result.NewWorkerPid);
        Assert.False(result.StillServing);
        var message = Assert.Single(result.Diagnostics).Message;
        Assert.EndsWith("there is no frontend absent; the frontend web is still there", message);
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_reload_of_somebody_else_just_before_neither_swallows_ours_nor_passes_for_it(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var reloader = haproxy.Reloader(way);
        for (var round = 1; round <= 12; round++)
        {
            haproxy.Instance.Signal(ProcessSignal.User2);
            await Task.Delay(round * 10);
            haproxy.Write(ReloadingHaproxy.Frontend($"round{round}", Ports.Take()));

            var result = await reloader.ReloadAsync(
                new ReloadExpectation { Frontends = ["web", $"round{round}"], GoneFrontends = [$"round{round - 1}"] });

            Assert.True(result.Succeeded, $"round {round}: {Told(result)}");
        }
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_one_after_the_other_none_is_lost(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var reloader = haproxy.Reloader(way);
        var pids = new HashSet<int?> { await haproxy.Instance.WorkerPidAsync() };
        for (var round = 1; round <= 8; round++)
        {
            var result = await reloader.ReloadAsync(new ReloadExpectation { Frontends = ["web"] });
            Assert.True(result.Succeeded, Told(result));
            Assert.True(pids.Add(result.NewWorkerPid));
        }
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_two_at_once_both_succeed(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        haproxy.Write(ReloadingHaproxy.Frontend("second", Ports.Take()));
        var expectation = new ReloadExpectation { Frontends = ["second"] };

        var results = await Task.WhenAll(
            haproxy.Reloader(way).ReloadAsync(expectation), haproxy.Reloader(way).ReloadAsync(expectation));

        Assert.All(results, r => Assert.True(r.Succeeded, Told(r)));
        Assert.All(results, r => Assert.InRange(r.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_long_session_lives_on_in_an_old_worker_that_is_counted(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        using var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("node: before", await open.SayAsync("before"));

        var result = await haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None);

        Assert.True(result.Succeeded, Told(result));
        var old = Assert.Single(result.OldWorkers!);
        Assert.Equal(result.OldWorkerPid, old.Pid);
        Assert.Equal(way == SignalAlone ? null : 1, old.Reloads);
        Assert.InRange(old.StartedAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(2));
        Assert.Equal("node: after", await open.SayAsync("after"));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_file_that_is_gone_is_never_loaded(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        File.Move(haproxy.Instance.ConfigPath, haproxy.Instance.ConfigPath + ".away");

        // The master of 3.2 would end, and the service with it.
        await AssertNotAskedAsync(haproxy, way, DiagnosticIds.ReloadFailed, "is not there");

        File.Move(haproxy.Instance.ConfigPath + ".away", haproxy.Instance.ConfigPath);
        Assert.True((await haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None)).Succeeded);
    }

    /// <summary>HAProxy loads the first two with success, and closes every port; a master of 3.5 ends on the others.</summary>
    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_file_that_would_end_the_service_is_never_loaded(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var whole = await File.ReadAllTextAsync(haproxy.Instance.ConfigPath);

        foreach (var (text, id) in new[]
        {
            ("", DiagnosticIds.NoListener),
            (whole.Replace("  bind ", "  # bind "), DiagnosticIds.NoListener),
            (whole + "backend last\n  balance roundrobin", DiagnosticIds.MissingFinalNewline),
            (whole + "backend last\n  balance \"roundrobin\n", DiagnosticIds.UnmatchedQuote),
            (whole + "backend last\n  balance\0 roundrobin\n", DiagnosticIds.StrayNul),
            (whole + ".if 1\n", DiagnosticIds.UnclosedCondition),
            (whole + "backend last\n  # 64\n " + string.Concat(Enumerable.Repeat(" w", 66)) + "\n", DiagnosticIds.TooManyWords),
        })
        {
            await File.WriteAllTextAsync(haproxy.Instance.ConfigPath + ".next", text);
            File.Move(haproxy.Instance.ConfigPath + ".next", haproxy.Instance.ConfigPath, overwrite: true);
            await AssertNotAskedAsync(haproxy, way, id, "HAProxy is not reloaded: ");
        }
    }

    /// <summary>What passes the check and fails at the start: a chroot that is not there, and a program that ends the worker a little later.</summary>
    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_new_worker_that_dies_at_once_is_never_a_success(string branch, string way)
    {
        foreach (var wrong in new[] { "  chroot /no/such/folder\n", "  lua-load {dir}/die.lua\n" })
        {
            await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
            var die = haproxy.Instance.Expand("{dir}/die.lua");
            await File.WriteAllTextAsync(die, "core.register_task(function() core.msleep(20) os.exit(3) end)\n");
            var text = await File.ReadAllTextAsync(haproxy.Instance.ConfigPath);
            await File.WriteAllTextAsync(
                haproxy.Instance.ConfigPath, text.Replace("global\n", "global\n" + haproxy.Instance.Expand(wrong)));

            var result = await haproxy.Reloader(way, Hasty).ReloadAsync(ReloadExpectation.None);

            Assert.False(result.Succeeded, Told(result));
            Assert.Null(result.NewWorkerPid);
            await Eventually.EqualAsync(
                result.StillServing ? "node" : null, () => HttpProbe.AskAsync(haproxy.Port), "the node behind the frontend");
            // Up to 3.0 a master ends with its worker, and from 3.1 on a worker that never was ready does not count.
            Assert.Equal(branch == "3.2" && wrong.Contains("chroot"), result.StillServing);
            // At worst the old worker is left stopped, neither serving nor ended, and its master waits for it: then only the limits end this.
            Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Nobody named the frontend: it stands in the file.</summary>
    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_worker_that_has_loaded_another_file_is_no_success(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        using var folder = new TemporaryFolder();
        // Told, wrongly, that HAProxy is started with this file.
        var other = folder.Write("other.cfg", ReloadingHaproxy.Frontend("absent", 80)
            + ".if 1\n" + ReloadingHaproxy.Frontend("perhaps", 81) + ".endif\n"
            + "frontend off\n  disabled\n  bind :82\nfrontend \"$NAME\"\n  bind :83\nfrontend nothing\n");
        var options = new ReloaderOptions
        {
            Invocation = new HaproxyInvocation
            {
                Executable = haproxy.Instance.Program,
                ConfigPaths = [other],
                WorkingFolder = folder.Path,
                Environment = HaproxyInvocation.OwnEnvironment(),
            },
        };

        var result = await haproxy.Reloader(way, options).ReloadAsync(ReloadExpectation.None);

        Assert.False(result.Succeeded);
        Assert.EndsWith("does not serve the configuration: there is no frontend absent", Assert.Single(result.Diagnostics).Message);
        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), result.NewWorkerPid);
        Assert.Equal(["GLOBAL", "web"], result.Frontends.Keys.Union(["GLOBAL"]).Order());
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_that_never_ends_is_given_up_and_the_old_worker_serves(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var old = await haproxy.Instance.WorkerPidAsync();
        await File.WriteAllTextAsync(haproxy.Instance.Expand("{dir}/slow.lua"), "os.execute('sleep 6')\n");
        var text = await File.ReadAllTextAsync(haproxy.Instance.ConfigPath);
        await File.WriteAllTextAsync(
            haproxy.Instance.ConfigPath, text.Replace("global\n", haproxy.Instance.Expand("global\n  lua-load {dir}/slow.lua\n")));

        var result = await haproxy.Reloader(way, new ReloaderOptions { Timeout = TimeSpan.FromSeconds(2), ResumeTimeout = TimeSpan.FromSeconds(1) })
            .ReloadAsync(ReloadExpectation.None);

        AssertOldServesOn(result, old);
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_stats_socket_lost_in_failed_reloads_comes_back_with_the_next_good_one(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var reloader = haproxy.Reloader(way, Hasty);
        var old = await haproxy.Instance.WorkerPidAsync();
        haproxy.Write("backend wrong\n  no-such-keyword x\n");
        AssertOldServesOn(await reloader.ReloadAsync(ReloadExpectation.None), old);
        haproxy.Write(ReloadingHaproxy.Frontend("clash", other.Port));

        // From 3.1 on the second failure takes the stats socket from the worker that serves on: only the master still reaches it.
        var clash = await reloader.ReloadAsync(ReloadExpectation.None);
        if (way != SignalAlone)
        {
            AssertOldServesOn(clash, old);
            // systemd's unit checks the file first, so that the first one never got as far.
            Assert.Equal(branch != "3.2" || way == "systemd", clash.Worker?.AnswersOnStatsSocket);
        }

        Assert.False(clash.Succeeded);
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
        haproxy.Write(ReloadingHaproxy.Frontend("second", Ports.Take()));
        var good = await reloader.ReloadAsync(new ReloadExpectation { Frontends = ["second"] });
        Assert.True(good.Succeeded, Told(good));
        Assert.Equal(good.NewWorkerPid, (await haproxy.Stats.ShowInfoAsync()).Pid);
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_HAProxy_that_does_not_run_is_no_result_but_an_exception(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var reloader = haproxy.Reloader(way, new ReloaderOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        await haproxy.Instance.KillAsync();

        var e = await Assert.ThrowsAsync<RuntimeException>(() => reloader.ReloadAsync(ReloadExpectation.None));

        Assert.True(e.IsTransient);
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Branches), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_master_that_hangs_is_given_up_in_time(string branch)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var old = await haproxy.Instance.WorkerPidAsync();
        var reloader = haproxy.Reloader(SignalAlone, Hasty);
        haproxy.Instance.Signal(ProcessSignal.Pause);

        var result = await reloader.ReloadAsync(ReloadExpectation.None);

        AssertOldServesOn(result, old);
        haproxy.Instance.Signal(ProcessSignal.Continue);
        await Eventually.TrueAsync(async () => await haproxy.Instance.WorkerPidAsync() != old, "the reload takes place at last");
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_cancelled_stops_waiting(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var other = StandInNode.Start("other", "127.0.0.1");
        haproxy.Write(ReloadingHaproxy.Frontend("clash", other.Port));
        using var cancel = new CancellationTokenSource();

        var reloading = haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None, cancel.Token);
        await Eventually.TrueAsync(
            async () => (await haproxy.WatchOf(withMaster: false).ReadAsync()).IsReloading, "the reload is loading");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reloading);
    }

    private static async Task AssertNotAskedAsync(ReloadingHaproxy haproxy, string way, string id, string why)
    {
        var before = await haproxy.Watch.WaitUntilSettledAsync(Eventually.DefaultTimeout);

        var result = await haproxy.Reloader(way).ReloadAsync(ReloadExpectation.None);

        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains(why, problem.Message);
        Assert.Equal((false, true, null), (result.Succeeded, result.StillServing, result.NewWorkerPid));
        Assert.Equal(before, await haproxy.Watch.ReadAsync());
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    private static void AssertOldServesOn(ReloadResult result, int? old)
    {
        Assert.False(result.Succeeded);
        Assert.True(result.StillServing, Told(result));
        Assert.Equal(old, result.OldWorkerPid);
        Assert.Null(result.NewWorkerPid);
        Assert.Equal(DiagnosticIds.ReloadFailed, result.Diagnostics[0].Id);
        Assert.Contains($"the worker {old} serves on", result.Diagnostics[0].Message);
    }

    private static string Told(ReloadResult result) =>
        $"{string.Join('\n', result.Diagnostics)}\n{result.StartupLogs}\n{result.Worker} after {result.Duration.TotalSeconds:0.0} s";
}
