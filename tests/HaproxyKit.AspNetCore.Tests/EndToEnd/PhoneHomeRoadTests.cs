using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>A pod phones home and a real HAProxy follows.</summary>
public sealed class PhoneHomeRoadTests
{
    public static TheoryData<string, bool> Programs
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var branch in HaproxyPrograms.Branches)
            {
                data.Add(branch, true);
                data.Add(branch, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Add_move_and_delete_are_followed_and_leave_the_operators_lines_alone(string branch, bool byMasterSocket)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), byMasterSocket: byMasterSocket);
        var original = balancer.File;
        var port = Ports.Take();

        var added = (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);
        Assert.Equal(("created", true), (added.Outcome, added.Reloaded));
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);

        using var inFlight = await LongLivedConnection.OpenAsync(port);
        Assert.Equal("A: before", await inFlight.SayAsync("before"));
        var worker = await balancer.WorkerPidAsync();
        var beforeMove = balancer.File;

        var moved = (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200);
        Assert.Equal(("moved", false), (moved.Outcome, moved.Reloaded));
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.Equal(worker, await balancer.WorkerPidAsync());
        Assert.Equal("A: after", await inFlight.SayAsync("after"));
        var changed = Assert.Single(beforeMove.Split('\n').Zip(balancer.File.Split('\n')), pair => pair.First != pair.Second);
        Assert.Equal(changed.First.Replace("127.0.0.2", "127.0.0.3"), changed.Second);

        var again = (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200);
        Assert.Equal(("unchanged", false), (again.Outcome, again.Reloaded));

        (await balancer.DeleteAsync(port)).Expect(200);
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal(worker, await balancer.WorkerPidAsync());
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.3", balancer.File);
        Assert.Equal("own", await HttpProbe.AskAsync(balancer.OwnPort));
    }

    [Fact]
    public async Task Node_that_HAProxy_holds_down_moves_and_is_in_rotation_at_the_answer()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);
        await nodeA.StopAsync();
        await Eventually.TrueAsync(
            async () => (await balancer.Haproxy.AskAsync("show stat"))!.Split('\n').Any(line => line.Contains(",n1,") && line.Contains("DOWN")),
            "HAProxy holds the node down");
        var worker = await balancer.WorkerPidAsync();

        (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200);

        // The very next connection: no waiting for checks.
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.Equal(worker, await balancer.WorkerPidAsync());
    }

    [Fact]
    public async Task Port_of_another_program_is_409_and_all_others_serve_on()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        var taken = Ports.Take();
        using var foreign = new TcpListener(IPAddress.Loopback, taken);
        foreign.Start();
        var (before, worker) = (balancer.File, await balancer.WorkerPidAsync());

        var refused = (await balancer.AddAsync(taken, "127.0.0.2", node.Port)).Expect(409);

        Assert.Contains($"{taken}", refused.Text);
        Assert.Equal(before, balancer.File);
        Assert.Equal(worker, await balancer.WorkerPidAsync());
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.Equal("own", await HttpProbe.AskAsync(balancer.OwnPort));
    }

    [Fact]
    public async Task Port_of_the_operator_or_of_another_name_is_409()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port, name: "one")).Expect(200);
        var before = balancer.File;

        Assert.Contains("operator", (await balancer.AddAsync(balancer.OwnPort, "127.0.0.2", node.Port)).Expect(409).Text);
        Assert.Contains("one", (await balancer.AddAsync(port, "127.0.0.3", node.Port, name: "two")).Expect(409).Text);
        Assert.Equal(before, balancer.File);
    }

    [Fact]
    public async Task HAProxy_restarted_in_between_is_followed_and_meanwhile_the_answer_is_503()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);

        await balancer.Haproxy.StopAsync();
        (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(503);
        await balancer.Haproxy.RestartAsync();

        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.Equal("unchanged", (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200).Outcome);
    }

    [Fact]
    public async Task Webhook_restarted_in_between_knows_its_mappings()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);
        var worker = await balancer.WorkerPidAsync();

        await balancer.StopWebhookAsync();
        await balancer.StartWebhookAsync();
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.Equal("moved", (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200).Outcome);

        // Also where the state folder is lost: HAProxy's own file is the memory then.
        await balancer.StopWebhookAsync();
        Directory.Delete(balancer.StateFolder, recursive: true);
        await balancer.StartWebhookAsync();
        Assert.Equal("unchanged", (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200).Outcome);
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.Equal(worker, await balancer.WorkerPidAsync());
    }

    [Fact]
    public async Task Candidate_that_HAProxy_refuses_is_undone_and_the_old_configuration_serves_on()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var (served, refused) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(served, "127.0.0.2", node.Port)).Expect(200);

        // The operator has a proxy of the very name that the mapping would get, so that HAProxy refuses the two together.
        var before = balancer.File + $"\nbackend phonehome_{refused}_map-{refused}_nodes\n    mode tcp\n";
        await System.IO.File.WriteAllTextAsync(balancer.Haproxy.ConfigPath, before);
        var worker = await balancer.WorkerPidAsync();

        var answer = (await balancer.AddAsync(refused, "127.0.0.2", node.Port)).Expect(422);

        Assert.Contains("phonehome_", answer.Text);
        Assert.Equal(before, balancer.File);
        Assert.Equal(worker, await balancer.WorkerPidAsync());
        Assert.Equal("A", await HttpProbe.AskAsync(served));
        Assert.Null(await HttpProbe.AskAsync(refused));
    }

    [Fact]
    public async Task Operators_own_mistake_blames_no_caller_and_moves_go_on()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);
        await System.IO.File.AppendAllTextAsync(balancer.Haproxy.ConfigPath, "\nbackend mine\n    blance roundrobin\n");

        var refused = (await balancer.AddAsync(Ports.Take(), "127.0.0.2", nodeA.Port)).Expect(503);
        Assert.Contains("operator-configuration-invalid", refused.Text);
        Assert.Contains("blance", refused.Text);

        Assert.Equal("moved", (await balancer.AddAsync(port, "127.0.0.3", nodeB.Port)).Expect(200).Outcome);
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.EndsWith("\nbackend mine\n    blance roundrobin\n", balancer.File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_callers_at_once_on_ten_ports_are_all_served_afterwards()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var ports = Enumerable.Range(0, 10).Select(_ => Ports.Take()).ToArray();

        var answers = await Task.WhenAll(ports.Select(port => balancer.AddAsync(port, "127.0.0.2", node.Port)));

        Assert.All(answers, answer => answer.Expect(200));
        foreach (var port in ports)
        {
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }
    }

    [Fact]
    public async Task Ten_callers_at_once_of_whom_one_wants_a_taken_port_hold_nobody_up()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var ports = Enumerable.Range(0, 10).Select(_ => Ports.Take()).ToArray();
        using var foreign = new TcpListener(IPAddress.Loopback, ports[4]);
        foreign.Start();

        var answers = await Task.WhenAll(ports.Select(port => balancer.AddAsync(port, "127.0.0.2", node.Port)));

        Assert.Equal(ports.Select((_, i) => i == 4 ? 409 : 200), answers.Select(answer => answer.Status));
        Assert.Equal("A", await HttpProbe.AskAsync(ports[9]));
    }

    [Fact]
    public async Task Old_pods_goodbye_does_not_remove_what_the_new_pod_announced()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port, node: "worker-1", instance: "old")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.2", node.Port, node: "worker-1", instance: "new")).Expect(200);

        (await balancer.DeleteAsync(port, node: "worker-1", instance: "old")).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(port));

        (await balancer.DeleteAsync(port, node: "worker-1", instance: "new")).Expect(200);
        Assert.Null(await HttpProbe.AskAsync(port));
    }

    /// <summary>Rule 19: a caller waits no longer than that, the work goes on, and the same call joins it.</summary>
    [Fact]
    public async Task Call_that_waits_too_long_is_503_and_the_work_goes_on_and_the_same_call_joins_it()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(settings: ("PhoneHome:Endpoints:AnswerTimeout", "00:00:01"));
        var port = Ports.Take();

        // Another process that works on the same mappings holds them.
        using (await StateFolder.Open(balancer.StateFolder).LockAsync(TimeProvider.System, CancellationToken.None))
        {
            Assert.Contains("timed-out", (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(503).Text);
            Assert.Null(await HttpProbe.AskAsync(port));
        }

        await HttpProbe.ReachesAsync(port, "A");
        Assert.Equal("unchanged", (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200).Outcome);
    }

    [Fact]
    public async Task Mapping_wiped_from_the_file_by_a_template_run_comes_back()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var original = balancer.File;
        var (one, two) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(one, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.AddAsync(two, "127.0.0.2", node.Port)).Expect(200);

        await System.IO.File.WriteAllTextAsync(balancer.Haproxy.ConfigPath, original);
        await balancer.Haproxy.ReloadAsync();
        Assert.Null(await HttpProbe.AskAsync(two));

        (await balancer.AddAsync(one, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(one));
        Assert.Equal("A", await HttpProbe.AskAsync(two));
    }
}
