using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class MasterClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly RuntimeClientOptions Hasty = new() { Timeout = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowProcessesAsync_waits_while_the_master_starts_anew(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        var master = new MasterClient(RuntimeEndpoint.Unix(haproxy.Instance.MasterSocket));
        using var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("a: hello", await open.SayAsync("hello"));
        var old = (await master.ShowProcessesAsync()).Workers.Single().Pid;

        var answer = await master.ReloadAsync(Limit);
        ProcessList? processes = null;
        await Eventually.TrueAsync(
            async () => (processes = await master.ShowProcessesAsync()).OldWorkers.Any(w => w.Pid == old), "the old worker keeps its session");

        Assert.Equal(branch == "2.6" ? null : true, answer.Succeeded);
        Assert.Equal(branch == "2.6", answer.StartupLogs.Length == 0);
        Assert.Equal((1, 0), (processes!.Master.Reloads, processes.FailedReloads));
        Assert.Equal((old, 1), (processes.OldWorkers.Single().Pid, processes.OldWorkers.Single().Reloads));
        Assert.Equal(0, processes.Workers.Single().Reloads);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendToWorkerAsync_the_worker_answers_and_one_that_is_not_there_is_transient(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        var master = new MasterClient(RuntimeEndpoint.Unix(haproxy.Instance.MasterSocket));
        var worker = (await haproxy.Instance.WorkerPidAsync())!.Value;
        var info = RuntimeCommand.Of("show", "info");

        var answers = await master.SendToWorkerAsync(worker, [info, RuntimeCommand.Of("get", "weight", "app/s1"), info]);
        var e = await Assert.ThrowsAsync<RuntimeException>(() => master.SendToWorkerAsync(1, [info]));

        Assert.Contains($"Pid: {worker}\n", answers[0]);
        Assert.Equal("10 (initial 10)", answers[1]);
        Assert.Contains($"Pid: {worker}\n", answers[2]);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task ReloadAsync_answers_of_all_versions_are_read()
    {
        await AssertReadAsync("", null, "");
        await AssertReadAsync("Success=1\n--\n[NOTICE]   (1) : Loading success.\n\n", true, "[NOTICE]   (1) : Loading success.");
        await AssertReadAsync("Success=0\n--\n[ALERT]    (1) : config : bad\n[WARNING]  (1) : Loading failure!\n\n", false,
            "[ALERT]    (1) : config : bad\n[WARNING]  (1) : Loading failure!");
        await AssertReadAsync("Success=0\n", false, "");
        await AssertReadAsync("Success=perhaps\n--\nlogs\n\n", null, "logs");
        await AssertReadAsync("Unknown command: 'reload'\n\n", null, "Unknown command: 'reload'");
    }

    [Fact]
    public async Task ReloadAsync_level_too_low_is_told_apart()
    {
        await using var fake = FakeRuntimeSocket.Answering("Permission denied\n\n");
        var master = new MasterClient(fake.Endpoint, Hasty);

        var reload = await Assert.ThrowsAsync<RuntimeException>(() => master.ReloadAsync(Limit));
        var show = await Assert.ThrowsAsync<RuntimeException>(() => master.ShowProcessesAsync());

        Assert.Equal([RuntimeFault.PermissionDenied, RuntimeFault.PermissionDenied], [reload.Fault, show.Fault]);
    }

    [Fact]
    public async Task ReloadAsync_master_that_never_answers_is_given_up_in_time()
    {
        await using var fake = FakeRuntimeSocket.HangingAfter("Success=1\n--\n");

        var e = await Assert.ThrowsAsync<RuntimeException>(
            () => new MasterClient(fake.Endpoint).ReloadAsync(TimeSpan.FromMilliseconds(200)));

        Assert.Equal(RuntimeFault.TimedOut, e.Fault);
    }

    [Fact]
    public async Task ShowProcessesAsync_forms_of_old_and_new_versions_are_read()
    {
        const string Header = "#<PID>          <type>          <reloads>       <uptime>        <version>      \n";
        await using var old = FakeRuntimeSocket.Answering(
            Header + "2375            master          5 [failed: 3]   1d02h03m04s     2.6.12-1+deb12u4\n# workers\n"
            + "2386            worker          3               0d00h00m09s     2.6.12-1+deb12u4\n# old workers\n"
            + "2380            worker          9               0d01h00m00s     2.4.0\n# programs\n7   prog   0   0d00h00m01s  -\n\n");
        await using var failed = FakeRuntimeSocket.Answering(
            Header + "2957            master          3 [failed: 1]   0d00h00m00s     3.5-dev5       \n# workers\n# old workers\n"
            + "2965            worker          1               0d00h00m00s     3.5-dev5       \n\n");
        await using var plain = FakeRuntimeSocket.Answering(Header + "12  master  0  0d00h00m00s  2.2\n# workers\n13 worker 0 0d00h00m00s 2.2\n\n");

        var a = await new MasterClient(old.Endpoint).ShowProcessesAsync();
        var b = await new MasterClient(failed.Endpoint).ShowProcessesAsync();
        var c = await new MasterClient(plain.Endpoint).ShowProcessesAsync();

        Assert.Equal(new ProcessEntry(2375, 5, new TimeSpan(1, 2, 3, 4), "2.6.12-1+deb12u4"), a.Master);
        Assert.Equal((3, 2386, 2380), (a.FailedReloads, Assert.Single(a.Workers).Pid, Assert.Single(a.OldWorkers).Pid));
        Assert.Equal((1, 0, 2965), (b.FailedReloads, b.Workers.Count, Assert.Single(b.OldWorkers).Pid));
        Assert.Equal((12, 0, 13), (c.Master.Pid, c.FailedReloads, Assert.Single(c.Workers).Pid));
    }

    private static async Task AssertReadAsync(string sent, bool? succeeded, string logs)
    {
        await using var fake = FakeRuntimeSocket.Answering(sent);
        Assert.Equal(new MasterReloadAnswer(succeeded, logs), await new MasterClient(fake.Endpoint).ReloadAsync(Limit));
        Assert.Equal(["reload\n"], fake.Lines);
    }
}
