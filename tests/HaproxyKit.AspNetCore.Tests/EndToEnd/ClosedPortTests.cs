using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>Ports that nobody serves are closed and keep their frontends, so that they open again without a reload (rules 11 and 20).</summary>
public sealed class ClosedPortTests
{
    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Pod_that_crashes_in_a_loop_causes_one_reload_in_fifty_rounds(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        Assert.True((await balancer.AddAsync(port, "127.0.0.2", node.Port, node: "worker-1", instance: "pod-0")).Expect(200).Reloaded);
        var reloads = await balancer.Haproxy.CountReloadsAsync();
        for (var round = 0; round < 50; round++)
        {
            var gone = (await balancer.DeleteAsync(port, node: "worker-1", instance: $"pod-{round}")).Expect(200);
            Assert.Equal(("removed", false), (gone.Outcome, gone.Reloaded));
            await AssertRefusedAsync(port);

            var back = (await balancer.AddAsync(port, "127.0.0.2", node.Port, node: "worker-1", instance: $"pod-{round + 1}")).Expect(200);
            Assert.Equal(("created", false), (back.Outcome, back.Reloaded));
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }

        Assert.Equal(reloads, await balancer.Haproxy.CountReloadsAsync());
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Declared_port_stands_closed_from_the_start_and_whoever_calls_opens_it_without_a_reload(string branch)
    {
        var (free, named) = (Ports.Take(), Ports.Take());
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch),
            settings: [
                ("PhoneHome:Mappings:DeclaredPorts:0:Port", $"{free}"),
                ("PhoneHome:Mappings:DeclaredPorts:1:Port", $"{named}"), ("PhoneHome:Mappings:DeclaredPorts:1:Name", "mqtt"),
                ("PhoneHome:Tokens:1:Id", "second"), ("PhoneHome:Tokens:1:Secret", "another-planted-token-of-the-road"),
            ]);
        await Eventually.TrueAsync(() => balancer.File.Contains($"phonehome_{named}_mqtt") && balancer.File.Contains("closed"), "the ports stand in the file");
        await Eventually.TrueAsync(
            async () => await balancer.Haproxy.AskAsync("show stat") is { } stat && stat.Split('\n').Count(line => line.StartsWith("phonehome_", StringComparison.Ordinal) && line.Contains(",PAUSED,")) == 2,
            "the ports are closed");
        await AssertRefusedAsync(free);
        await AssertRefusedAsync(named);
        Assert.Equal("[]", await MappingsAsync(balancer));
        var reloads = await balancer.Haproxy.CountReloadsAsync();

        Assert.Equal(("created", false), Told(await balancer.AddAsync(free, "127.0.0.2", node.Port, name: "any")));
        Assert.Equal("A", await HttpProbe.AskAsync(free));
        Assert.Contains("mqtt", (await balancer.AddAsync(named, "127.0.0.2", node.Port, name: "other")).Expect(409).Text);
        Assert.Equal(("created", false), Told(await balancer.AddAsync(named, "127.0.0.2", node.Port, name: "mqtt")));
        Assert.Equal("A", await HttpProbe.AskAsync(named));

        // It belongs to nobody once its last node is gone.
        (await balancer.AddAsync(free, "127.0.0.2", node.Port, name: "theirs", token: "another-planted-token-of-the-road")).Expect(409);
        Assert.Equal(("removed", false), Told(await balancer.DeleteAsync(free, name: "any")));
        await AssertRefusedAsync(free);
        Assert.Equal(("created", false), Told(await balancer.AddAsync(free, "127.0.0.2", node.Port, name: "theirs", token: "another-planted-token-of-the-road")));
        Assert.Equal("A", await HttpProbe.AskAsync(free));

        // Another mapping's reload leaves it, and closes it again.
        Assert.Equal(("removed", false), Told(await balancer.DeleteAsync(named, name: "mqtt")));
        Assert.Equal(reloads, await balancer.Haproxy.CountReloadsAsync());
        Assert.Equal(("created", true), Told(await balancer.AddAsync(Ports.Take(), "127.0.0.2", node.Port)));
        await AssertRefusedAsync(named);
        Assert.Contains($"phonehome_{named}_mqtt", balancer.File);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Closed_port_is_closed_again_after_somebody_elses_reload_and_after_a_restart_of_the_webhook(string branch)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var (one, two) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(two, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.AddAsync(one, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.DeleteAsync(one)).Expect(200);
        await AssertRefusedAsync(one);

        await balancer.Haproxy.ReloadAsync();
        (await balancer.AddAsync(two, "127.0.0.3", node.Port)).Expect(200);
        await AssertRefusedAsync(one);

        await balancer.StopWebhookAsync();
        await balancer.Haproxy.ReloadAsync();
        await balancer.StartWebhookAsync();
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(one), "the webhook closes it when it starts");
        Assert.Equal(("created", false), Told(await balancer.AddAsync(one, "127.0.0.2", node.Port)));
        Assert.Equal("A", await HttpProbe.AskAsync(one));

        // Also where the state folder is lost: HAProxy's own file is the memory then.
        (await balancer.DeleteAsync(one)).Expect(200);
        await balancer.StopWebhookAsync();
        Directory.Delete(balancer.StateFolder, recursive: true);
        await balancer.StartWebhookAsync();
        Assert.Equal(("created", false), Told(await balancer.AddAsync(one, "127.0.0.2", node.Port)));
    }

    /// <summary>Rule 1: a bind that cannot be had cuts every frontend, and a closed port is free to other programs.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Closed_port_that_another_program_takes_is_409_and_holds_up_no_other_mapping(string branch)
    {
        var declared = Ports.Take();
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch), settings: [("PhoneHome:Mappings:DeclaredPorts:0:Port", $"{declared}")]);
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(declared), "the port is closed");
        using (var foreign = new TcpListener(IPAddress.Loopback, declared))
        {
            foreign.Start();
            (await balancer.AddAsync(declared, "127.0.0.2", node.Port)).Expect(409);
            Assert.Equal("A", await HttpProbe.AskAsync(port));

            var other = Ports.Take();
            (await balancer.AddAsync(other, "127.0.0.2", node.Port)).Expect(200);
            Assert.Equal("A", await HttpProbe.AskAsync(other));
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }

        (await balancer.AddAsync(declared, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(declared));
    }

    /// <summary>A worker beside the webhook, and the webhook itself after a restart, look before they have deployed anything.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Closed_port_is_no_hands_doing_to_a_process_that_has_closed_none(string branch)
    {
        var declared = Ports.Take();
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch), settings: [("PhoneHome:Mappings:DeclaredPorts:0:Port", $"{declared}"), ("PhoneHome:Mappings:DeclaredPorts:0:Name", "mqtt")]);
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.DeleteAsync(port)).Expect(200);
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(declared), "the declared port is closed");
        using var beside = Beside(balancer);
        var monitor = beside.Services.GetRequiredService<DriftMonitor>();

        Assert.Empty((await monitor.LookAsync()).Items);

        // Whoever opens it behind our back is told of, and whoever closes another frontend.
        await balancer.Haproxy.AskAsync($"enable frontend phonehome_{declared}_mqtt");
        await balancer.Haproxy.AskAsync("disable frontend own");
        Assert.Equal(
            [
                "frontend own: the file says open, HAProxy says PAUSED (by hand)",
                $"frontend phonehome_{declared}_mqtt: the file says closed, HAProxy says OPEN",
            ],
            (await monitor.LookAsync()).Items.Select(item => $"{item}").Order(StringComparer.Ordinal));

        // What the webhook has opened since is open.
        (await balancer.AddAsync(declared, "127.0.0.2", node.Port, name: "mqtt")).Expect(200);
        Assert.Equal(["frontend own"], (await monitor.LookAsync()).Items.Select(item => item.What));
    }

    /// <summary>What looks after mappings in another process, of which nothing has begun to run.</summary>
    private static IHost Beside(LoadBalancer balancer)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(balancer.Settings());
        builder.Services.AddOptions<HaproxyOptions>().BindConfiguration(HaproxyOptions.SectionName);
        builder.Services.AddOptions<PhoneHomeOptions>().BindConfiguration(PhoneHomeOptions.SectionName);
        builder.Services.AddPhoneHomeMaintenance();
        return builder.Build();
    }

    private static (string? Outcome, bool? Reloaded) Told(LoadBalancer.Answer answer) => (answer.Expect(200).Outcome, answer.Reloaded);

    private static async Task<string> MappingsAsync(LoadBalancer balancer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/mappings");
        request.Headers.Authorization = new("Bearer", LoadBalancer.Token);
        using var response = await balancer.Client.SendAsync(request);
        return System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.ToJsonString();
    }

    private static async Task AssertRefusedAsync(int port) => Assert.True(await HttpProbe.IsRefusedAsync(port), $"port {port} takes connections");
}
