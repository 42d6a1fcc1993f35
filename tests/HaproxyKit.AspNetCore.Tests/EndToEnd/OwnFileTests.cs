using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>
/// Rule 15: the mappings in a file of the webhook's own, which HAProxy is given as its last; the same code as in the operator's file, and the
/// operator's stays as it is byte for byte. Rule 17: a copy of a section of ours that the operator makes is the operator's.
/// </summary>
public sealed class OwnFileTests
{
    private const string Empty = "# The mappings of the webhook; do not edit.\n";

    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Mappings_come_move_and_go_in_a_file_of_their_own_and_the_operators_stays_as_it_is(string branch)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), LoadBalancer.OperatorsFile, Empty, byMasterSocket: true);
        var operators = await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath);
        var (one, two) = (Ports.Take(), Ports.Take());

        Assert.Equal("created", (await balancer.AddAsync(one, "127.0.0.2", nodeA.Port)).Expect(200).Outcome);
        Assert.Equal("created", (await balancer.AddAsync(two, "127.0.0.2", nodeA.Port)).Expect(200).Outcome);
        Assert.StartsWith(Empty, balancer.File, StringComparison.Ordinal);
        Assert.Contains($"frontend phonehome_{one}_map-{one}", balancer.File, StringComparison.Ordinal);
        Assert.Equal("A A own", await AskAsync(one, two, balancer.OwnPort));

        var worker = await balancer.WorkerPidAsync();
        var moved = (await balancer.AddAsync(one, "127.0.0.3", nodeB.Port)).Expect(200);
        Assert.Equal(("moved", false), (moved.Outcome, moved.Reloaded));
        Assert.Equal(worker, await balancer.WorkerPidAsync());
        Assert.Equal("B A own", await AskAsync(one, two, balancer.OwnPort));

        // The file says what was done by commands, so that somebody else's reload changes nothing.
        await balancer.Haproxy.ReloadAsync();
        Assert.Equal("B A own", await AskAsync(one, two, balancer.OwnPort));

        (await balancer.DeleteAsync(one)).Expect(200);
        Assert.Equal("- A own", await AskAsync(one, two, balancer.OwnPort));
        (await balancer.DeleteAsync(two)).Expect(200);
        Assert.Equal("- - own", await AskAsync(one, two, balancer.OwnPort));
        Assert.StartsWith(Empty, balancer.File, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.2", balancer.File, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.3", balancer.File, StringComparison.Ordinal);
        Assert.Equal(operators, await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath));
    }

    /// <summary>What the state folder has and the file has not is drift, as a template run of a configuration tool makes it, and no deletion.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Mappings_wiped_from_their_file_by_a_template_run_come_back(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), LoadBalancer.OperatorsFile, Empty, byMasterSocket: true);
        var operators = await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath);
        var (one, two) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(one, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.AddAsync(two, "127.0.0.2", node.Port)).Expect(200);

        await File.WriteAllTextAsync(balancer.MappingsPath, Empty);
        await balancer.Haproxy.ReloadAsync();
        Assert.Equal("- - own", await AskAsync(one, two, balancer.OwnPort));

        (await balancer.AddAsync(one, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("A A own", await AskAsync(one, two, balancer.OwnPort));

        // Also where the webhook was not there when it happened.
        await balancer.StopWebhookAsync();
        await File.WriteAllTextAsync(balancer.MappingsPath, Empty);
        await balancer.Haproxy.ReloadAsync();
        await balancer.StartWebhookAsync();
        (await balancer.AddAsync(two, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("A A own", await AskAsync(one, two, balancer.OwnPort));
        Assert.Equal(operators, await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath));
    }

    /// <summary>What stands in the operator's own file is the operator's, loaded or not, and no dry run says otherwise.</summary>
    [Fact]
    public async Task Call_for_a_port_of_the_operators_file_is_a_conflict()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        var (socket, first, peer, later) = (Ports.Take(), Ports.Take(), Ports.Take(), Ports.Take());
        var operators = LoadBalancer.OperatorsFile.Replace("global\n", $"global\n    stats socket ipv4@127.0.0.1:{socket} level user\n", StringComparison.Ordinal)
            + $"\nlisten range\n  mode tcp\n  bind 127.0.0.1:{first}-{first}\n  server s 127.0.0.1:1\npeers others\n  peer elsewhere 127.0.0.1:{peer}\n";
        await using var balancer = await LoadBalancer.StartAsync(program: null, operators, Empty, byMasterSocket: true);
        await File.AppendAllTextAsync(balancer.Haproxy.ConfigPath, $"listen later\n  mode tcp\n  bind 127.0.0.1:{later}\n  server s 127.0.0.1:1\n");

        foreach (var port in new[] { balancer.OwnPort, socket, first, peer, later })
        {
            var answer = (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(409);
            Assert.Contains(balancer.Haproxy.ConfigPath, answer.Text, StringComparison.Ordinal);
            (await balancer.AddAsync(port, "127.0.0.2", node.Port, query: "?dry-run=true")).Expect(409);
        }

        Assert.Equal(Empty, balancer.File);
        Assert.Equal("own", await AskAsync(balancer.OwnPort));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Copy_of_a_section_whose_marker_does_not_fit_is_the_operators_and_serves_on(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var original = balancer.File;
        var (ours, theirs) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(ours, "127.0.0.2", node.Port)).Expect(200);

        // Name and port are changed in the operator's copy, and the marker is left as it was copied.
        var copy = string.Join('\n', balancer.File[original.Length..].Split('\n').Select(line => line.Contains("# haproxykit mapping", StringComparison.Ordinal)
            ? line
            : line.Replace($"phonehome_{ours}_map-{ours}", $"phonehome_{theirs}_copy").Replace($":{ours}", $":{theirs}")));
        Assert.Contains($"frontend phonehome_{theirs}_copy", copy, StringComparison.Ordinal);
        await File.WriteAllTextAsync(balancer.MappingsPath, balancer.File + copy);
        await balancer.Haproxy.ReloadAsync();
        Assert.Equal("A A own", await AskAsync(ours, theirs, balancer.OwnPort));

        (await balancer.DeleteAsync(ours)).Expect(200);

        Assert.Equal("- A own", await AskAsync(ours, theirs, balancer.OwnPort));
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.EndsWith(copy, balancer.File, StringComparison.Ordinal);
    }

    /// <summary>Who answers on each port, a dash for nobody.</summary>
    private static async Task<string> AskAsync(params int[] ports) =>
        string.Join(' ', (await Task.WhenAll(ports.Select(port => HttpProbe.AskAsync(port)))).Select(name => name ?? "-"));
}
