using System.Net;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientShowTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowInfoAsync_worker_says_who_it_is(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        var info = await haproxy.Client.ShowInfoAsync();

        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), info.Pid);
        Assert.Equal(Version.Parse(branch), new Version(info.Version.Major, info.Version.Minor));
        Assert.StartsWith(info.Version.ToString(), info.VersionText);
        Assert.InRange(info.Uptime, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(200, info.MaxConnections);
        Assert.True(info.DescriptorLimit > 200);
        Assert.NotNull(info.StartedAt);
        Assert.False(info.IsStopping);
        Assert.Equal(info.VersionText, info.Fields["Version"]);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowServersStateAsync_servers_are_as_configured(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        var servers = await haproxy.Client.ShowServersStateAsync();

        Assert.Equal(["s1", "s2"], servers.Select(s => s.Name));
        Assert.Equal(servers.Select(s => s.Name), (await haproxy.Client.ShowServersStateAsync("app")).Select(s => s.Name));
        Assert.All(servers, s => Assert.Equal("app", s.Backend));
        Assert.Equal(("127.0.0.2", haproxy.Node.Port, 10, 10), (servers[0].AddressText, servers[0].Port, servers[0].Weight, servers[0].ConfiguredWeight));
        Assert.Equal(IPAddress.Parse("127.0.0.2"), servers[0].Address);
        Assert.True(servers[0].IsInRotation);
        Assert.True(servers[0].IsChecked);
        Assert.Null(servers[0].Fqdn);
        Assert.Equal((IPAddress.Parse("192.0.2.7"), 81), (servers[1].Address, servers[1].Port));
        Assert.True(servers[1].Admin.HasFlag(ServerAdminStates.ConfiguredMaintenance));
        Assert.False(servers[1].IsInRotation);
        Assert.False(servers[1].IsChecked);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowServersStateAsync_backend_without_servers_or_none_at_all_is_empty(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        Assert.Empty(await haproxy.Client.ShowServersStateAsync("empty"));
        Assert.Empty(await haproxy.Client.ShowServersStateAsync("no-such"));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowStatAsync_rows_name_kind_and_status(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        using var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("a: hello", await open.SayAsync("hello"));

        var rows = await haproxy.Client.ShowStatAsync();

        var frontend = rows.Single(r => r is { Proxy: "web", Kind: StatKind.Frontend });
        Assert.Equal(("FRONTEND", "OPEN", 1L), (frontend.Service, frontend.Status, frontend.CurrentSessions));
        var server = rows.Single(r => r is { Service: "s1", Kind: StatKind.Server });
        Assert.Equal(("app", 1L, 10L), (server.Proxy, server.CurrentSessions, server.Number("weight")));
        Assert.Equal("MAINT", rows.Single(r => r.Service == "s2").Status);
        Assert.Single(rows, r => r is { Proxy: "app", Kind: StatKind.Backend });
        Assert.Contains("check_status", server.Columns);
        Assert.Equal("", server["no-such-column"]);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowProcessesAsync_master_names_its_worker(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        var master = new MasterClient(RuntimeEndpoint.Unix(haproxy.Instance.MasterSocket));

        var processes = await master.ShowProcessesAsync();

        Assert.Equal((haproxy.Instance.MasterPid, 0), (processes.Master.Pid, processes.Master.Reloads));
        Assert.Equal(0, processes.FailedReloads);
        var worker = Assert.Single(processes.Workers);
        Assert.Equal((await haproxy.Instance.WorkerPidAsync(), 0), (worker.Pid, worker.Reloads));
        Assert.StartsWith(branch, worker.Version);
        Assert.Empty(processes.OldWorkers);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendAsync_socket_over_TCP_answers_the_same(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        Assert.Equal((await haproxy.Client.ShowInfoAsync()).Pid, (await haproxy.TcpClient.ShowInfoAsync()).Pid);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SendAsync_level_user_is_told_apart(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        Assert.Equal(2, (await haproxy.UserClient.ShowServersStateAsync()).Count);
        var change = await haproxy.UserClient.SetServerAddressAsync("app", "s1", IPAddress.Loopback, 80, markUp: true);

        Assert.Equal(RuntimeOutcome.PermissionDenied, change.Address.Outcome);
        Assert.Equal(RuntimeOutcome.PermissionDenied, change.Health?.Outcome);
        Assert.False(change.IsSuccess);
        Assert.Contains("Permission denied", change.Refusal);
        Assert.Equal("127.0.0.2", (await haproxy.ServerAsync()).AddressText);
    }
}
