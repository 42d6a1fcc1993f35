using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Drift;

public sealed class DriftDetectorTests
{
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_HAProxy_that_follows_its_file_has_no_drift(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);

        Assert.Empty(await haproxy.DetectAsync(haproxy.Document));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_address_and_limits_set_by_hand_are_found_and_repaired(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);
        var worker = await haproxy.Deployed.Instance.WorkerPidAsync();
        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.99 port 8080", "set maxconn server moved/m2 5");

        var report = await haproxy.Detector.DetectAsync();
        Assert.Equal(
            ["server moved/m1: the file says 192.0.2.1:80, HAProxy says 192.0.2.99:8080", "server moved/m2: the file says maxconn 9, HAProxy says maxconn 5"],
            report.Items.Select(item => $"{item}"));
        Assert.True(report.HasDrift);
        Assert.Equal(worker, report.WorkerPid);

        var result = await haproxy.Deployed.Deployer().ApplyAsync(report.ToRequest()!);

        Assert.Equal(DeploymentOutcome.Applied, result.Outcome);
        Assert.Equal("192.0.2.1:80", await haproxy.Deployed.AddressAsync("moved", "m1"));
        Assert.Empty(await haproxy.DetectAsync());
        Assert.Equal(worker, await haproxy.Deployed.Instance.WorkerPidAsync());
        Assert.Equal(report.Revision, (await haproxy.Detector.DetectAsync()).Revision);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_limits_of_frontends_and_what_no_line_says_are_found_and_repaired(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch, $"""
            backend bare
              balance roundrobin
              server b1 192.0.2.9:80
            frontend limited
              bind 127.0.0.1:{Ports.Take()}
              maxconn 40
              default_backend bare
            frontend vast
              bind 127.0.0.1:{Ports.Take()}
              maxconn 100000
              default_backend bare
            listen both
              bind 127.0.0.1:{Ports.Take()}
              maxconn 50
              server c1 192.0.2.9:80
            defaults small
              mode tcp
              timeout connect 1s
              timeout client 60s
              timeout server 60s
              maxconn 30
            frontend inherited from small
              bind 127.0.0.1:{Ports.Take()}
              default_backend bare

            """);
        var worker = await haproxy.Deployed.Instance.WorkerPidAsync();
        Assert.Empty(await haproxy.DetectAsync());
        await haproxy.SayAsync(
            "set maxconn frontend limited 9", "set maxconn frontend both 8", "set maxconn frontend inherited 7", "set maxconn server bare/b1 5", "set server bare/b1 weight 33");

        var report = await haproxy.Detector.DetectAsync();
        Assert.Equal(
            [
                "server bare/b1: the file says weight 1, HAProxy says weight 33 (by hand)",
                "server bare/b1: the file says maxconn 0, HAProxy says maxconn 5",
                "frontend limited: the file says maxconn 40, HAProxy says maxconn 9",
                "listen both: the file says maxconn 50, HAProxy says maxconn 8",
                "frontend inherited: the file says maxconn 30, HAProxy says maxconn 7",
            ],
            report.Items.Select(item => $"{item}"));

        var result = await haproxy.Deployed.Deployer().ApplyAsync(report.ToRequest()!);

        // A frontend that is full would be the end of HAProxy 2.6.
        Assert.True(result.Outcome == DeploymentOutcome.Applied && result.Reloaded == (branch == "2.6"), string.Join('\n', result.Diagnostics));
        Assert.Empty(await haproxy.DetectAsync());
        Assert.Equal(branch != "2.6", worker == await haproxy.Deployed.Instance.WorkerPidAsync());
        Assert.Equal(DeploymentOutcome.Unchanged, (await haproxy.Deployed.Deployer().ApplyAsync(report.ToRequest()! with { IsManaged = _ => true })).Outcome);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_what_an_operator_set_at_run_time_is_told_and_not_repaired(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);
        await haproxy.SayAsync(
            "set server moved/m1 state maint", "set server moved/m2 weight 200", "set server moved/spare state ready", "set server moved/t2 state drain", "disable frontend web");

        var report = await haproxy.Detector.DetectAsync();

        Assert.Equal(
            [
                "frontend web: the file says open, HAProxy says PAUSED (by hand)",
                "server moved/m1: the file says in service, HAProxy says in maintenance (by hand)",
                "server moved/m2: the file says weight 3, HAProxy says weight 200 (by hand)",
                "server moved/spare: the file says disabled, HAProxy says in service (by hand)",
            ],
            report.Items.Select(item => $"{item}"));
        Assert.False(report.HasDrift);
        Assert.Null(report.ToRequest());
        Assert.True(report.ToRequest(proxy => proxy == "web")!.IsManaged("web"));
        Assert.False(report.ToRequest(proxy => proxy == "web")!.IsManaged("moved"));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_servers_deleted_and_added_at_run_time_are_found(string branch)
    {
        await using var haproxy = await DriftHaproxy.StartAsync(branch);
        await haproxy.SayAsync(
            "set server moved/m1 state maint", "del server moved/m1", "set server moved/t3 state maint", "del server moved/t3",
            "add server moved/stranger 192.0.2.8:80", "set server moved/stranger state ready", "add server moved/leaving 192.0.2.9:80");

        Assert.Equal(
            [
                "server moved/m1: the file says it is there, HAProxy says it is not running",
                "server moved/stranger: the file says it is not there, HAProxy says it is in service",
            ],
            await haproxy.DetectAsync());
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task DetectAsync_edit_by_hand_is_told_with_its_time_and_without_its_values(string branch)
    {
        const string Secret = "sesame-17";
        await using var haproxy = await DriftHaproxy.StartAsync(branch, DriftHaproxy.More + "userlist people\n  user joe insecure-password first\n");
        var deployed = haproxy.Document;
        haproxy.Edit("192.0.2.1:80", "192.0.2.77:80");
        haproxy.Edit("insecure-password first", "insecure-password " + Secret);
        haproxy.Edit("backend moved", "backend fresh\n  server f1 192.0.2.5:80\nbackend moved");
        var writtenAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(haproxy.Deployed.Instance.ConfigPath, writtenAt.UtcDateTime);

        var report = await haproxy.Detector.DetectAsync(deployed);

        Assert.Equal(
            [
                "backend fresh: it was added in the file",
                "backend fresh: the file says it is there, HAProxy says it is not running",
                "backend moved: server m1: it was changed in the file",
                "server moved/m1: the file says 192.0.2.77:80, HAProxy says 192.0.2.1:80",
                "userlist people: user joe: it was changed in the file",
            ],
            report.Items.Select(item => $"{item}").Order(StringComparer.Ordinal));
        Assert.All(report.Items.Where(item => item.Kind == DriftKind.FileEdited), item => Assert.Equal(writtenAt, item.Since));
        Assert.DoesNotContain(Secret, string.Join('\n', report.Items));

        // Without knowing what was deployed, only what HAProxy shows can be told; a reload makes it follow the edit.
        var result = await haproxy.Deployed.Deployer().ApplyAsync(report.ToRequest()!);
        Assert.Equal((DeploymentOutcome.Applied, true), (result.Outcome, result.Reloaded));
        Assert.Empty(await haproxy.DetectAsync());
    }

    [Fact]
    public async Task DetectAsync_proxy_that_stands_in_no_file_is_found_only_where_all_files_are_known()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6", DriftHaproxy.More + "backend old\n  server o1 192.0.2.6:80\n");
        haproxy.Edit("backend old\n  server o1 192.0.2.6:80\n", "");

        Assert.Equal(["proxy old: the file says it is not there, HAProxy says it is running"], await haproxy.DetectAsync());
        Assert.Empty((await new DriftDetector(haproxy.Deployed.File, haproxy.Watch).DetectAsync()).Items);
    }

    [Theory]
    [InlineData("backend x\n  server a ${NOWHERE}192.0.2.1:80 weight \"$W\"\n")]
    [InlineData(".if feature(OPENSSL)\nbackend y\n  server a 192.0.2.1:80\n.else\nbackend z\n  server a 192.0.2.1:80\n.endif\n")]
    [InlineData("backend x\n  server a localhost:80\n  server b 192.0.2.1\n  server c unix@/tmp/none.sock\n  server d 192.0.2.1:80 minconn 2 maxconn 9\n")]
    [InlineData("frontend unlimited\n  bind abns@haproxykit-drift-unlimited\n  maxconn 0\n")]
    [InlineData("defaults off\n  disabled\nbackend x from off\n  server a 192.0.2.1:80\nfrontend unbound\n  mode http\n")]
    [InlineData("backend x\n  default-server weight 5\n  server a 192.0.2.1:80\n  default-server weight 6 disabled\n  server b 192.0.2.1:80 enabled\n  server c 192.0.2.1:80\n")]
    public async Task DetectAsync_what_only_the_environment_knows_is_no_drift(string more)
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6", more);

        Assert.Empty(await haproxy.DetectAsync());
    }

    [Fact]
    public async Task DetectAsync_change_that_is_being_carried_out_is_no_drift()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6");
        haproxy.Edit("192.0.2.1:80", "192.0.2.77:80");

        var looking = haproxy.Detector.DetectAsync();
        await haproxy.SayAsync("set server moved/m1 addr 192.0.2.77 port 80");

        Assert.Empty((await looking).Items);
    }

    [Fact]
    public async Task DetectAsync_HAProxy_or_file_that_is_not_there_is_told()
    {
        await using var haproxy = await DriftHaproxy.StartAsync("2.6");
        using var folder = new TemporaryFolder();
        var gone = new WorkerWatch(new RuntimeClient(RuntimeEndpoint.Unix(folder.File("none.sock"))), time: new HurriedTime());

        var unreachable = await new DriftDetector(haproxy.Deployed.File, gone).DetectAsync();
        var unreadable = await new DriftDetector(new ConfigFile(folder.File("none.cfg")), haproxy.Watch).DetectAsync();

        Assert.Equal(DiagnosticIds.HaproxyUnreachable, Assert.Single(unreachable.Diagnostics).Id);
        Assert.Null(unreachable.WorkerPid);
        Assert.Empty(unreachable.Items);
        Assert.Equal(DriftKind.FileUnreadable, Assert.Single(unreadable.Items).Kind);
        Assert.Null(unreadable.Revision);
        Assert.Null(unreadable.ToRequest());
    }
}
