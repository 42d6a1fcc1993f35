using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>samples/Worker as a process, beside a webhook with the same state folder and a real HAProxy.</summary>
public sealed class WorkerProgramTests
{
    private const string Interval = "PhoneHome:Mappings:MaintenanceInterval";
    private const string Lease = "PhoneHome:Mappings:DefaultLease";

    [Fact]
    public async Task Hand_edit_is_repaired_and_the_operators_own_lines_stay()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(settings: (Interval, "00:00:00.300"));
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        var asWanted = balancer.File;
        await using var worker = SampleProgram.Start("Worker", balancer.Settings());

        var byHand = asWanted.Replace($"127.0.0.2:{node.Port}", "127.0.0.9:9").Replace("balance roundrobin", "balance source # mine") + "\n# operator's last word\n";
        await System.IO.File.WriteAllTextAsync(balancer.Haproxy.ConfigPath, byHand);
        await balancer.Haproxy.ReloadAsync();

        await Eventually.EqualAsync(asWanted + "\n# operator's last word\n", () => Task.FromResult(balancer.File), $"the file is repaired; {worker.Output}");
        await HttpProbe.ReachesAsync(port, "A");
        Assert.Equal("own", await HttpProbe.AskAsync(balancer.OwnPort));
        Assert.Equal(0, await worker.TerminateAsync());
    }

    [Fact]
    public async Task Address_that_was_set_back_on_the_socket_is_repaired_without_a_reload()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(settings: (Interval, "00:00:00.300"));
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", nodeA.Port)).Expect(200);
        var pid = await balancer.WorkerPidAsync();
        await using var worker = SampleProgram.Start("Worker", balancer.Settings());
        await worker.SaysAsync("Application started");

        await balancer.Haproxy.AskAsync($"set server phonehome_{port}_map-{port}_nodes/n1 addr 127.0.0.3 port {nodeA.Port}");

        await HttpProbe.ReachesAsync(port, "A");
        Assert.Equal(pid, await balancer.WorkerPidAsync());
    }

    [Fact]
    public async Task Silent_caller_is_taken_out_and_one_that_calls_on_stays()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(settings: [(Interval, "00:00:00.300"), (Lease, "00:00:10")]);
        var original = balancer.File;
        var (silent, calling) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(calling, "127.0.0.2", node.Port)).Expect(200);
        (await balancer.AddAsync(silent, "127.0.0.4", node.Port)).Expect(200);
        await using var worker = SampleProgram.Start("Worker", balancer.Settings());

        await Eventually.TrueAsync(
            async () =>
            {
                (await balancer.AddAsync(calling, "127.0.0.2", node.Port)).Expect(200);
                Assert.Equal("A", await HttpProbe.AskAsync(calling));
                return !balancer.File.Contains("127.0.0.4");
            },
            "the silent mapping is taken out", TimeSpan.FromSeconds(40));

        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(silent), "its port is closed");
        await Eventually.TrueAsync(
            async () => !(await balancer.Haproxy.AskAsync("show stat"))!.Split('\n').Any(line => line.StartsWith($"phonehome_{silent}_", StringComparison.Ordinal) && (line.Contains(",OPEN,") || line.Contains(",UP,"))),
            "nothing of it is in service");
        Assert.Equal("A", await HttpProbe.AskAsync(calling));
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.Contains($"Port {silent}", worker.Output);
        Assert.DoesNotContain($"Port {calling}", worker.Output);
    }

    [Fact]
    public async Task Worker_and_webhook_at_once_do_not_fight()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(settings: (Interval, "00:00:00.100"));
        await using var worker = SampleProgram.Start("Worker", balancer.Settings());
        var original = balancer.File;
        await worker.SaysAsync("Application started");
        var (moving, coming) = (Ports.Take(), Ports.Take());
        (await balancer.AddAsync(moving, "127.0.0.2", nodeA.Port)).Expect(200);
        for (var i = 0; i < 40; i++)
        {
            var (address, name) = i % 2 == 0 ? ("127.0.0.3", "B") : ("127.0.0.2", "A");
            Assert.Equal("moved", (await balancer.AddAsync(moving, address, nodeA.Port)).Expect(200).Outcome);
            Assert.Equal(name, await HttpProbe.AskAsync(moving));
            if (i % 10 == 0)
            {
                (await balancer.AddAsync(coming, address, nodeA.Port)).Expect(200);
            }
            else if (i % 10 == 5)
            {
                Assert.Equal("removed", (await balancer.DeleteAsync(coming)).Expect(200).Outcome);
                Assert.Null(await HttpProbe.AskAsync(coming));
            }
        }

        (await balancer.DeleteAsync(moving)).Expect(200);
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", worker.Output);
        Assert.DoesNotContain("warn:", worker.Output);
    }

    [Fact]
    public async Task What_the_webhook_closes_and_writes_is_not_told_as_done_by_hand()
    {
        var declared = Ports.Take();
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            settings: [("PhoneHome:Mappings:DeclaredPorts:0:Port", $"{declared}"), ("Haproxy:DriftInterval", "00:00:00.100"), (Interval, "01:00:00")]);
        await Eventually.TrueAsync(() => balancer.File.Contains($"phonehome_{declared}") && balancer.File.Contains("closed"), "the port stands in the file");
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(declared), "it is closed");
        await using var worker = SampleProgram.Start("Worker", balancer.Settings());
        await worker.SaysAsync("Application started");
        var port = Ports.Take();

        // Until the worker has looked at the file itself, it cannot tell that another one has written it since.
        await balancer.Haproxy.AskAsync("disable frontend own");
        await worker.SaysAsync("frontend own: the file says open, HAProxy says PAUSED (by hand)");
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        await worker.SaysAsync($"frontend phonehome_{port}_map-{port}: it was added in the file");
        (await balancer.DeleteAsync(port)).Expect(200);
        await balancer.Haproxy.AskAsync("enable frontend own");
        (await balancer.AddAsync(declared, "127.0.0.2", node.Port)).Expect(200);
        await worker.SaysAsync($"backend phonehome_{declared}_nodes: server n1: it was changed in the file");

        Assert.All(worker.Output.Split('\n').Where(line => line.Contains("by hand")), line => Assert.Contains("frontend own", line));
        Assert.Equal(0, await worker.TerminateAsync());
    }

    [Theory]
    [InlineData("Worker", "PhoneHome:Mappings:MaintenanceInterval", "00:00:00", "MaintenanceInterval")]
    [InlineData("Worker", "Haproxy:ConfigFile", "/nowhere/haproxy.cfg", "/nowhere/haproxy.cfg")]
    [InlineData("Worker", "Haproxy:ConfigFile", "haproxy.cfg", "ConfigFile must be a full path")]
    [InlineData("Worker", "PhoneHome:Mappings:StateFolder", "/dev/null/state", "StateFolder")]
    [InlineData("Worker", "PhoneHome:Mappings:StateFolder", "{folder of the file}", "StateFolder must be another folder")]
    [InlineData("Worker", "PhoneHome:Mappings:DefaultLease", "soon", "DefaultLease")]
    [InlineData("Webhook", "Haproxy:ConfigFile", "/nowhere/haproxy.cfg", "/nowhere/haproxy.cfg")]
    [InlineData("Webhook", "PhoneHome:Mappings:StateFolder", "/dev/null/state", "StateFolder")]
    [InlineData("Webhook", "PhoneHome:Policy:NodeNetworks:0", "127.0.0.0/33", "NodeNetworks")]
    [InlineData("Webhook", "PhoneHome:Tokens:0:Secret", "short", "Tokens")]
    [InlineData("Webhook", "PhoneHome:Server:Listen", "0.0.0.0:0", "Certificate")]
    [InlineData("Webhook", "PhoneHome:Sections:BindAddress", "everywhere", "BindAddress")]
    [InlineData("Webhook", "PhoneHome:Sections:CheckFall", "three", "CheckFall")]
    public async Task Setting_that_cannot_be_used_ends_the_start_with_2_and_its_name(string sample, string setting, string value, string said)
    {
        await using var balancer = await LoadBalancer.StartAsync();
        var settings = balancer.Settings();
        settings[setting] = value.Replace("{folder of the file}", balancer.Haproxy.Folder);
        await using var program = SampleProgram.Start(sample, settings);
        await AssertRefusedAsync(program, said);
    }

    [Theory]
    [InlineData("Worker", "PhoneHome:Mappings:HandEdits", "Fix", "Repair, Respect")]
    [InlineData("Worker", "Haproxy:Reload", "restart", "Automatic, MasterSocket, Signal, Systemd, Command")]
    [InlineData("Webhook", "PhoneHome:Mappings:HandEdits", "Fix", "Repair, Respect")]
    [InlineData("Webhook", "PhoneHome:Policy:AddressRule", "Anything", "Caller, AnyInNetwork, Any")]
    [InlineData("Webhook", "Haproxy:Reload", "restart", "Automatic, MasterSocket, Signal, Systemd, Command")]
    [InlineData("Webhook", "PhoneHome:Mappings:DeclaredPorts:0:SendProxy", "V9", "None, V1, V2")]
    [InlineData("Worker", "PhoneHome:Mappings:DeclaredPorts:0:SendProxy", "V9", "None, V1, V2")]
    public async Task Word_that_a_setting_does_not_know_ends_the_start_with_2_its_name_and_the_words_it_knows(
        string sample, string setting, string value, string words)
    {
        await using var balancer = await LoadBalancer.StartAsync();
        var settings = balancer.Settings();
        settings[setting] = value;
        await using var program = SampleProgram.Start(sample, settings);
        await AssertRefusedAsync(program, setting, words);
    }

    [Theory]
    [InlineData("Webhook", "{\n  \"Logging\": {},\n  \"Haproxy\": nothing\n}\n", "line 3")]
    [InlineData("Worker", "{\n  \"Logging\": {},\n  \"Haproxy\": nothing\n}\n", "line 3")]
    [InlineData("Sidecar", "{\n  \"Logging\": {},\n  \"Haproxy\": nothing\n}\n", "line 3")]
    [InlineData("Webhook", "{ \"Haproxy\": {", "line 1")]
    [InlineData("Webhook", "[]", "Top-level JSON element")]
    public async Task Settings_file_that_is_no_JSON_ends_the_start_with_2_its_name_and_the_place(string sample, string text, string said)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("appsettings.json", text);
        await using var program = SampleProgram.Start(sample, [], folder.Path);
        await AssertRefusedAsync(program, file, said);
    }

    /// <summary>The start ends with 2, and says so for people.</summary>
    private static async Task AssertRefusedAsync(SampleProgram program, params string[] said)
    {
        Assert.True(await program.ExitCodeAsync() == 2, program.Output);
        Assert.All(["The settings cannot be used", .. said], text => Assert.Contains(text, program.Output));
        Assert.DoesNotContain("Unhandled exception", program.Output);
    }
}
