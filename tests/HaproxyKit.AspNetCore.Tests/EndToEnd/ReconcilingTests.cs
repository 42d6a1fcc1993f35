using System.Net;
using System.Net.Sockets;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>What stands in the way of one mapping is no other's trouble.</summary>
public sealed class ReconcilingTests
{
    [Fact]
    public async Task Mapping_whose_port_was_taken_since_is_held_back_alone_and_comes_again()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var original = balancer.File;
        var (taken, other, later) = (Ports.Take(), Ports.Take(), Ports.Take());
        (await balancer.AddAsync(taken, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.AddAsync(other, "127.0.0.2", node.Port)).Expect(200);

        await System.IO.File.WriteAllTextAsync(balancer.Haproxy.ConfigPath, original);
        await balancer.Haproxy.ReloadAsync();
        using (var foreign = new TcpListener(IPAddress.Loopback, taken))
        {
            foreign.Start();
            (await balancer.AddAsync(later, "127.0.0.2", node.Port)).Expect(200);
            Assert.Equal("A", await HttpProbe.AskAsync(later));
            Assert.Equal("A", await HttpProbe.AskAsync(other));
            (await balancer.AddAsync(taken, "127.0.0.2", node.Port)).Expect(409);
        }

        (await balancer.AddAsync(taken, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(taken));
    }

    [Fact]
    public async Task Two_nodes_of_a_mapping_both_serve_and_one_goodbye_leaves_the_other()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port, node: "a", instance: "pod-a")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port, node: "b", instance: "pod-b")).Expect(200);
        Assert.Equal<string?[]>(["A", "B"], [await HttpProbe.AskAsync(port), await HttpProbe.AskAsync(port)]);

        (await balancer.DeleteAsync(port, node: "a", instance: "pod-a")).Expect(200);
        Assert.Equal<string?[]>(["B", "B"], [await HttpProbe.AskAsync(port), await HttpProbe.AskAsync(port)]);
    }

    [Fact]
    public async Task Address_mapped_into_IPv6_is_written_and_served_as_IPv4()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        var answer = await balancer.AddAsync(port, "::ffff:127.0.0.2", node.Port);
        Assert.True(answer.Status is 200 or 400, answer.Text);
        Assert.DoesNotContain("ffff", balancer.File, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(answer.Status == 200 ? "A" : null, await HttpProbe.AskAsync(port));
    }
}
