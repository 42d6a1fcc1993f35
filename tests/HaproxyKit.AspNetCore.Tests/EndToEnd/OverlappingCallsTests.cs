using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>Calls that come at once or shortly after one another, as they do in ordinary use: what broke the incumbent, or left it serving what was long gone.</summary>
public sealed class OverlappingCallsTests
{
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Heartbeats_that_overlap_change_nothing_and_disturb_nobody(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var ports = Enumerable.Range(0, 11).Select(_ => Ports.Take()).ToArray();
        await Task.WhenAll(ports.Select(async port => (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200)));
        var (file, worker) = (balancer.File, await balancer.WorkerPidAsync());

        await using var bystander = await SteadyTraffic.StartAsync(ports[0], longLived: 2);
        using var end = new CancellationTokenSource(Storm);
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var count = 0;
            for (; !end.IsCancellationRequested; count++)
            {
                Assert.Equal("unchanged", (await balancer.AddAsync(ports[^1], "127.0.0.2", node.Port)).Expect(200).Outcome);
            }

            return count;
        }));
        await bystander.StopAsync();

        Assert.True(calls.Sum() > 100, $"only {calls.Sum()} calls were answered");
        Assert.Empty(bystander.Failures);
        Assert.Equal((file, worker), (balancer.File, await balancer.WorkerPidAsync()));
        foreach (var port in ports)
        {
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }
    }

    /// <summary>The incumbent kept the older address in HAProxy and the newer one in the file, and no heartbeat healed it.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Updates_of_one_port_shortly_after_one_another_end_in_the_newest(string branch)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), settings: ("Haproxy:ReloadInterval", "00:00:00.050"));
        foreach (var gap in new[] { 20, 40, 60, 80, 100, 120 })
        {
            foreach (var isNew in new[] { true, false })
            {
                // The first of two creates the port, or finds it there: with a reload under way, and without one.
                var port = Ports.Take();
                if (!isNew)
                {
                    (await balancer.AddAsync(port, "127.0.0.3", nodeA.Port)).Expect(200);
                }

                var older = balancer.AddAsync(port, "127.0.0.2", nodeA.Port);

                // The gap is what is tried, and nothing is waited for.
                await Task.Delay(gap);
                var newer = balancer.AddAsync(port, "127.0.0.3", nodeA.Port);
                (await older).Expect(200);
                (await newer).Expect(200);

                Assert.Equal("B", await HttpProbe.AskAsync(port));
                Assert.Contains($" 127.0.0.3:{nodeA.Port}", SectionOf(balancer.File, port), StringComparison.Ordinal);
                Assert.DoesNotContain($" 127.0.0.2:{nodeA.Port}", SectionOf(balancer.File, port), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Updates_of_one_port_in_the_same_moment_leave_file_and_HAProxy_agreed(string branch)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        for (var round = 0; round < 12; round++)
        {
            var answers = await Task.WhenAll(
                balancer.AddAsync(port, "127.0.0.2", nodeA.Port), balancer.AddAsync(port, "127.0.0.3", nodeA.Port));
            Assert.All(answers, answer => answer.Expect(200));
            var isA = SectionOf(balancer.File, port).Contains($" 127.0.0.2:{nodeA.Port}", StringComparison.Ordinal);
            Assert.Equal(isA ? "A" : "B", await HttpProbe.AskAsync(port));
        }
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Fifty_adds_at_once_are_all_served_with_few_reloads_and_disturb_nobody(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch), settings: [("PhoneHome:Tokens:0:MaxMappings", "100"), ("PhoneHome:Tokens:0:NewFrontendsPerHour", "100")]);
        var present = Ports.Take();
        (await balancer.AddAsync(present, "127.0.0.2", node.Port)).Expect(200);
        var reloads = await balancer.Haproxy.CountReloadsAsync();
        await using var bystander = await SteadyTraffic.StartAsync(present, longLived: 2);
        var ports = Enumerable.Range(0, 50).Select(_ => Ports.Take()).ToArray();

        var answers = await Task.WhenAll(ports.Select(port => balancer.AddAsync(port, "127.0.0.2", node.Port)));

        Assert.All(answers, answer => answer.Expect(200));
        foreach (var port in ports)
        {
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }

        await bystander.StopAsync();
        Assert.Empty(bystander.Failures);
        Assert.InRange(await balancer.Haproxy.CountReloadsAsync() - reloads, 1, 3);
    }

    /// <summary>The lines of a port's backend.</summary>
    private static string SectionOf(string file, int port)
    {
        var start = file.IndexOf($"\nbackend phonehome_{port}_", StringComparison.Ordinal);
        var end = file.IndexOf("\n\n", start, StringComparison.Ordinal);
        return end < 0 ? file[start..] : file[start..end];
    }
}
