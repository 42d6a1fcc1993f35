using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>The file as the incumbent's script has left it, taken over before a real HAProxy that serves it.</summary>
public sealed class IncumbentImportTests
{
    [Fact]
    public async Task Sections_of_the_incumbent_are_taken_over_without_a_byte_or_a_reload_and_become_ours_with_the_next_change()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var (moving, leaving, edited, later) = (Ports.Take(), Ports.Take(), Ports.Take(), Ports.Take());
        var byHand = Snippet(edited, nodeA.Port).Replace("balance roundrobin", "balance leastconn");
        await using var host = await ReconcilerHost.StartAsync(
            configure: options => options.ImportIncumbent = "team",
            operators: Snippet(moving, nodeA.Port) + byHand + Snippet(leaving, nodeA.Port) + "# the operator's last word\n");
        var (original, reloads) = (host.File, await host.Haproxy.CountReloadsAsync());

        Assert.Equal("unchanged", await AddAsync(host, moving, "127.0.0.2", nodeA.Port));
        Assert.Equal("unchanged", await AddAsync(host, leaving, "127.0.0.2", nodeA.Port));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Equal(new[] { moving, leaving }.Order(), host.Reconciler.Mappings.Select(mapping => mapping.FrontendPort));
        Assert.All(host.Reconciler.Mappings, mapping => Assert.Equal("team", mapping.Owner));
        Assert.Equal(original, host.File);
        Assert.Equal("A", await HttpProbe.AskAsync(moving));

        // What somebody has changed since is the operator's, and its port too.
        Assert.Equal(ConflictReason.Operator, Assert.IsType<MappingOutcome.Conflict>(await host.AddAsync(edited)).Reason);
        Assert.Equal(reloads, await host.Haproxy.CountReloadsAsync());

        Assert.Equal("moved", await AddAsync(host, moving, "127.0.0.3", nodeB.Port));
        Assert.Equal("B", await HttpProbe.AskAsync(moving));
        Assert.Equal(reloads + 1, await host.Haproxy.CountReloadsAsync());
        Assert.DoesNotContain($"{moving}_frontend", host.File);
        Assert.DoesNotContain($"map-{moving}:{moving}\nfrontend", host.File);
        Assert.StartsWith(original.Replace(Snippet(moving, nodeA.Port), ""), host.File, StringComparison.Ordinal);

        // From now on it is one of ours.
        Assert.Equal("moved", await AddAsync(host, moving, "127.0.0.2", nodeA.Port));
        Assert.Equal(reloads + 1, await host.Haproxy.CountReloadsAsync());
        Assert.Equal("A", await HttpProbe.AskAsync(moving));
        Assert.Equal("A", await HttpProbe.AskAsync(leaving));

        Assert.Equal("removed", await DeleteAsync(host, leaving));
        Assert.DoesNotContain($"{leaving}_frontend", host.File);
        Assert.StartsWith(original.Replace(Snippet(moving, nodeA.Port), "").Replace(Snippet(leaving, nodeA.Port), ""), host.File, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(leaving), "its port is closed");

        // The incumbent still runs beside us for a while.
        await File.AppendAllTextAsync(host.Haproxy.ConfigPath, Snippet(later, nodeA.Port));
        await host.Haproxy.ReloadAsync();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Contains(later, host.Reconciler.Mappings.Select(mapping => mapping.FrontendPort));
        Assert.EndsWith(Snippet(later, nodeA.Port), host.File, StringComparison.Ordinal);
        Assert.Contains(byHand, host.File);
    }

    /// <summary>The goodbye costs the reload that makes the section one of ours; what comes and goes then costs none.</summary>
    [Theory]
    [InlineData("2.6", false)]
    [InlineData("3.0", true)]
    [InlineData("3.2", false)]
    public async Task Goodbye_of_the_last_node_closes_the_port_of_a_section_of_the_incumbent_and_the_next_call_opens_it(string branch, bool isDeclared)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var (leaving, staying) = (Ports.Take(), Ports.Take());
        await using var host = await ReconcilerHost.StartAsync(
            configure: options =>
            {
                options.ImportIncumbent = "team";
                if (isDeclared)
                {
                    options.DeclaredPorts.Add(new DeclaredPort { Port = leaving });
                }
            },
            operators: Snippet(leaving, nodeA.Port) + Snippet(staying, nodeA.Port),
            program: HaproxyPrograms.Of(branch));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        var (original, reloads) = (host.File, await host.Haproxy.CountReloadsAsync());
        Assert.Equal("A", await HttpProbe.AskAsync(leaving));
        Assert.Contains(Snippet(leaving, nodeA.Port), original);
        using var kept = await LongLivedConnection.OpenAsync(staying);

        Assert.Equal("removed", await DeleteAsync(host, leaving));
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(leaving), "its port is closed");
        Assert.StartsWith(original.Replace(Snippet(leaving, nodeA.Port), ""), host.File, StringComparison.Ordinal);
        Assert.Contains($"mapping map-{leaving}:{leaving} owner=team lease=1h closed", host.File);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.False(host.IsWanted(leaving));
        Assert.Equal(reloads + 1, await host.Haproxy.CountReloadsAsync());
        Assert.Equal("A: still", await kept.SayAsync("still"));
        Assert.Equal("A", await HttpProbe.AskAsync(staying));

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("created", await AddAsync(host, leaving, "127.0.0.3", nodeB.Port));
            Assert.Equal("B", await HttpProbe.AskAsync(leaving));
            Assert.Equal("removed", await DeleteAsync(host, leaving));
            await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(leaving), "its port is closed again");
        }

        Assert.Equal(reloads + 1, await host.Haproxy.CountReloadsAsync());
    }

    /// <summary>The section still stands then, and is nobody's in the way of the call that replaces it.</summary>
    [Fact]
    public async Task Goodbye_while_HAProxy_is_away_closes_the_port_later_and_the_next_call_opens_it()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var (leaving, edited) = (Ports.Take(), Ports.Take());
        var byHand = Snippet(edited, nodeA.Port).Replace("balance roundrobin", "balance leastconn");
        await using var host = await ReconcilerHost.StartAsync(
            configure: options => options.ImportIncumbent = "team", operators: Snippet(leaving, nodeA.Port) + byHand);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        await host.Haproxy.StopAsync();
        Assert.IsType<MappingOutcome.Unreachable>(await host.DeleteAsync(leaving));
        Assert.Contains(Snippet(leaving, nodeA.Port), host.File);
        await host.Haproxy.RestartAsync();

        Assert.Equal(ConflictReason.Operator, Assert.IsType<MappingOutcome.Conflict>(await host.AddAsync(edited)).Reason);
        Assert.Equal("created", await AddAsync(host, leaving, "127.0.0.3", nodeB.Port));

        Assert.Equal("B", await HttpProbe.AskAsync(leaving));
        Assert.DoesNotContain($"{leaving}_frontend", host.File);
    }

    [Fact]
    public async Task Lost_reload_of_the_incumbent_is_mended_when_its_section_is_taken_over()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync(
            configure: options => options.ImportIncumbent = "team", operators: Snippet(port, nodeA.Port), isStarted: false);
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, host.File.Replace($"127.0.0.2:{nodeA.Port}", $"127.0.0.3:{nodeA.Port}"));

        await host.Reconciler.StartAsync(CancellationToken.None);
        Assert.Equal("unchanged", await AddAsync(host, port, "127.0.0.3", nodeB.Port));
        Assert.Equal("B", await HttpProbe.AskAsync(port));
    }

    [Fact]
    public async Task Sections_of_the_incumbent_are_the_operators_where_nobody_has_said_whose_they_shall_be()
    {
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync(operators: Snippet(port, 9));
        Assert.Equal(ConflictReason.Operator, Assert.IsType<MappingOutcome.Conflict>(await host.AddAsync(port)).Reason);
        Assert.Empty(host.Reconciler.Mappings);
    }

    private static async Task<string> AddAsync(ReconcilerHost host, int port, string address, int nodePort) =>
        Told(await host.AddAsync(port, address, nodePort: nodePort));

    private static async Task<string> DeleteAsync(ReconcilerHost host, int port) => Told(await host.DeleteAsync(port));

    private static string Told(MappingOutcome outcome) => Assert.IsType<MappingOutcome.Served>(outcome).Change.ToString().ToLowerInvariant();

    private static string Snippet(int port, int nodePort) =>
        $"""
        ### >> Used to run map-{port}:{port}
        frontend {port}_frontend
          bind *:{port}
          mode tcp
          default_backend {port}_backend

        backend {port}_backend
          mode tcp
          balance roundrobin
          stick-table type ip size 200k expire 30m
          stick on src
          server s1 127.0.0.2:{nodePort}
        ### << Used to run map-{port}:{port}

        """;
}
