using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>What callers may say of a mapping besides its nodes, and what a real HAProxy makes of it.</summary>
public sealed class MappingOptionsTests
{
    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task A_check_by_http_takes_a_node_out_that_answers_500_and_lets_it_in_again(string branch)
    {
        await using var a = RawNode.Start("A", "127.0.0.2", "/ready?x=%20");
        await using var b = RawNode.Start("B", "127.0.0.3", "/ready?x=%20");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        const string Check = """{"check":{"path":"/ready?x=%20","interval":"200ms","fall":2,"rise":1}}""";
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", Check)).Expect(200);
        (await balancer.AddWithAsync(port, "127.0.0.3", b.Port, "b", Check)).Expect(200);
        Assert.Equal(["A", "B"], await NamesAsync(port, 8));
        await Eventually.TrueAsync(() => b.Seen.Any(seen => seen.Request == "GET /ready?x=%20 HTTP/1.0"), "the check asks for its path");

        b.CheckStatus = 500;
        await HasAsync(balancer, port, "DOWN L7STS");
        Assert.Equal(["A"], await NamesAsync(port, 8));

        b.CheckStatus = 204;
        await HasAsync(balancer, port, "UP L7OK", "DOWN L7STS");
        Assert.Equal(["A", "B"], await NamesAsync(port, 8));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task A_check_of_none_takes_no_node_out_and_a_move_needs_no_reload(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"check":{"kind":"none"}}""")).Expect(200);
        Assert.Equal(["A"], await NamesAsync(port, 3));
        Assert.Contains("no check", await StatesAsync(balancer, port));

        Assert.Equal(("moved", false), Said((await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "a")).Expect(200)));
        Assert.Equal(["B"], await NamesAsync(port, 3));
        Assert.Equal(0, a.Connections - a.Requests);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Weights_share_connections_out_and_change_without_a_reload(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"weight":3}""")).Expect(200);
        (await balancer.AddWithAsync(port, "127.0.0.3", b.Port, "b", """{"weight":1}""")).Expect(200);
        Assert.InRange((await AskAsync(port, 40)).Count(name => name == "A"), 29, 31);

        Assert.Equal(("changed", false), Said((await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"weight":1}""")).Expect(200)));
        Assert.Equal(("changed", false), Said((await balancer.AddWithAsync(port, "127.0.0.3", b.Port, "b", """{"weight":4}""")).Expect(200)));

        // The places in the round that they had are used up first.
        await AskAsync(port, 10);
        Assert.InRange((await AskAsync(port, 40)).Count(name => name == "A"), 7, 9);

        Assert.Equal(("unchanged", false), Said((await balancer.AddAsync(port, "127.0.0.2", a.Port, node: "a")).Expect(200)));
        Assert.InRange((await AskAsync(port, 40)).Count(name => name == "A"), 7, 9);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task A_sticky_client_goes_back_to_its_node_also_behind_a_reload_where_the_operator_has_peers(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch),
            LoadBalancer.OperatorsFile + $"\npeers lb\n    peer {Dns.GetHostName()} 127.0.0.1:{Ports.Take()}\n",
            settings: ("PhoneHome:Sections:Peers", "lb"));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"sticky":600}""")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "b")).Expect(200);

        var first = await AskAsync(port, 1, "127.0.0.7");
        var second = await AskAsync(port, 1, "127.0.0.8");
        Assert.NotEqual(first, second);
        Assert.Equal(first, (await AskAsync(port, 6, "127.0.0.7")).Distinct());
        Assert.Equal(second, (await AskAsync(port, 6, "127.0.0.8")).Distinct());

        // A worker teaches its successor only once it has asked its own predecessor, or given up on it, which takes HAProxy 5 s.
        await Eventually.TrueAsync(async () => (await balancer.Haproxy.AskAsync("show peers"))!.Contains("resync_timeout=<PAST>"), "the worker has asked its predecessor");
        var other = Ports.Take();
        Assert.True((await balancer.AddAsync(other, "127.0.0.2", a.Port)).Expect(200).Reloaded);

        // A worker that knew nothing would give the first that comes its first node, which is the other client's.
        await Eventually.TrueAsync(async () => (await balancer.Haproxy.AskAsync($"show table phonehome_{port}_map-{port}_nodes"))!.Contains("127.0.0.8"), "the new worker knows them");
        Assert.Equal(second, (await AskAsync(port, 6, "127.0.0.8")).Distinct());
        Assert.Equal(first, (await AskAsync(port, 6, "127.0.0.7")).Distinct());

        Assert.Equal(("changed", true), Said((await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"sticky":0}""")).Expect(200)));
        Assert.Equal(["A", "B"], await NamesAsync(port, 6));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Leastconn_gives_connections_to_the_node_that_has_fewest(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"balance":"leastconn"}""")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "b")).Expect(200);

        var open = new List<(LongLivedConnection Connection, string? Node)>();
        for (var i = 0; i < 6; i++)
        {
            open.Add(await OpenAsync(port));
        }

        Assert.Equal(3, open.Count(one => one.Node == "A: x"));
        open.Where(one => one.Node == "A: x").ToList().ForEach(one => one.Connection.Dispose());
        await Eventually.TrueAsync(
            async () => (await StatAsync(balancer, port)).Select(row => row["scur"]).Order().SequenceEqual(["0", "3"]), "HAProxy sees them go");
        for (var i = 0; i < 3; i++)
        {
            open.Add(await OpenAsync(port));
            Assert.Equal("A: x", open[^1].Node);
        }

        open.ForEach(one => one.Connection.Dispose());
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Source_keeps_a_client_at_its_node_and_weights_and_nodes_change_without_a_reload(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var c = StandInNode.Start("C", "127.0.0.4");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"balance":"source"}""")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "b")).Expect(200);

        var clients = Enumerable.Range(10, 40).Select(i => $"127.0.1.{i}").ToList();
        var before = await NodesOfAsync(port, clients);
        Assert.Equal(2, before.Distinct().Count());
        Assert.Equal(before, await NodesOfAsync(port, clients));

        Assert.Equal(("changed", false), Said((await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"weight":99}""")).Expect(200)));
        Assert.Equal(("changed", false), Said((await balancer.AddAsync(port, "127.0.0.4", c.Port, node: "c")).Expect(200)));
        var after = await NodesOfAsync(port, clients);
        Assert.Contains("C", after);
        Assert.All(before.Zip(after), pair => Assert.True(pair.First == pair.Second || pair.Second == "C" || pair.First == "A"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task A_limit_of_connections_holds_further_ones_back_and_raised_lets_them_in(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"maxConnections":1}""")).Expect(200);
        using var first = await LongLivedConnection.OpenAsync(port);
        Assert.Equal("A: x", await first.SayAsync("x"));

        var waiting = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LongLivedConnection.OpenAsync(port)));
        var answers = waiting.Select(connection => connection.SayAsync("y")).ToList();
        Assert.Equal("A: z", await first.SayAsync("z"));
        Assert.Equal(1, a.OpenConnections);

        // HAProxy 2.6 would be killed by its own watchdog: a full frontend is not to be told of another limit at run time.
        Assert.Equal(("changed", branch == "2.6"), Said((await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"maxConnections":10}""")).Expect(200)));
        Assert.Equal("A: still", await first.SayAsync("still"));
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal("A: y", answer));
        Array.ForEach(waiting, connection => connection.Dispose());

        Assert.Equal(("changed", true), Said((await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"maxConnections":0}""")).Expect(200)));
        Assert.Contains($"maxconn 0", balancer.File);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task The_PROXY_protocol_reaches_the_node_in_connections_and_in_checks_by_http(string branch)
    {
        await using var v1 = RawNode.Start("1", "127.0.0.2", needsHeader: true);
        await using var v2 = RawNode.Start("2", "127.0.0.3", needsHeader: true);
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch));
        var (first, second) = (Ports.Take(), Ports.Take());
        (await balancer.AddWithAsync(first, "127.0.0.2", v1.Port, "a", """{"sendProxy":"v1","check":{"path":"/ready","interval":"200ms"}}""")).Expect(200);
        (await balancer.AddWithAsync(second, "127.0.0.3", v2.Port, "a", """{"sendProxy":"v2","check":{"path":"/ready","interval":"200ms"}}""")).Expect(200);
        await HasAsync(balancer, first, "UP L7OK");
        await HasAsync(balancer, second, "UP L7OK");

        Assert.Equal(["1"], await AskAsync(first, 1, "127.0.0.9"));
        Assert.Equal(["2"], await AskAsync(second, 1, "127.0.0.9"));

        Assert.StartsWith("PROXY TCP4 127.0.0.9 127.0.0.1 ", Encoding.Latin1.GetString(Assert.Single(v1.Seen, seen => seen.Request.StartsWith("GET / ")).Header));
        var header = Assert.Single(v2.Seen, seen => seen.Request.StartsWith("GET / ")).Header;
        Assert.Equal([0x21, 0x11, 0, 12, 127, 0, 0, 9, 127, 0, 0, 1], header[12..24]);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task A_bind_address_is_listened_on_alone_and_one_that_is_not_this_machines_is_409(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch),
            settings: [("PhoneHome:Policy:AllowedBindAddresses:0", "127.0.0.2"), ("PhoneHome:Policy:AllowedBindAddresses:1", "192.0.2.1")]);
        var original = balancer.File;
        var port = Ports.Take();

        Assert.Contains("bindAddress", (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"127.0.0.3"}""")).Expect(403).Text);
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"192.0.2.1"}""")).Expect(409);
        Assert.Equal(original, balancer.File);
        Assert.Equal("own", await HttpProbe.AskAsync(balancer.OwnPort));

        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"127.0.0.2"}""")).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(port, "127.0.0.2"));
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal(("unchanged", false), Said((await balancer.AddAsync(port, "127.0.0.2", a.Port)).Expect(200)));
    }

    [Fact]
    public async Task A_token_with_bind_addresses_has_to_ask_for_one_of_them()
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(settings:
        [
            ("PhoneHome:Policy:AllowedBindAddresses:0", "127.0.0.2"), ("PhoneHome:Policy:AllowedBindAddresses:1", "127.0.0.3"),
            ("PhoneHome:Tokens:0:BindAddresses", "127.0.0.2"),
        ]);
        var (original, port) = (balancer.File, Ports.Take());

        Assert.Contains("bindAddress", (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"127.0.0.3"}""")).Expect(403).Text);
        Assert.Contains("bindAddress", (await balancer.AddAsync(port, "127.0.0.2", a.Port)).Expect(403).Text);
        Assert.Equal(original, balancer.File);

        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"127.0.0.2"}""")).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(port, "127.0.0.2"));
        (await balancer.DeleteAsync(port)).Expect(200);
    }

    [Theory]
    [InlineData("1h", "B: after", true)]
    [InlineData("0", null, false)]
    public async Task Connections_of_a_node_that_goes_live_for_the_drain_time_that_was_said(string drain, string? answer, bool isKept)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", $$"""{"drain":"{{drain}}"}""")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "b")).Expect(200);
        var connections = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(port)));
        var onB = connections.First(one => one.Node == "B: x").Connection;

        Assert.Equal(("removed", false), Said((await balancer.DeleteAsync(port, node: "b")).Expect(200)));

        await Eventually.TrueAsync(() => isKept || b.OpenConnections == 0, "connections of a node without a drain time are cut");
        Assert.Equal(answer, await onB.SayAsync("after"));
        Assert.Equal(["A"], await NamesAsync(port, 4));
        Array.ForEach(connections, one => one.Connection.Dispose());
    }

    [Fact]
    public async Task A_bind_address_that_the_operator_did_not_name_is_forbidden_unless_it_is_the_settings_own()
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();

        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"0.0.0.0"}""")).Expect(403);
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, null, """{"bindAddress":"127.0.0.1"}""")).Expect(200);
        Assert.Equal("A", await HttpProbe.AskAsync(port));
    }

    [Fact]
    public async Task Settings_outlive_calls_that_say_nothing_and_both_restarts_and_the_last_that_says_something_is_heard()
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddWithAsync(port, "127.0.0.2", a.Port, "a", """{"balance":"leastconn","maxConnections":9,"drain":"5m"}""")).Expect(200);
        (await balancer.AddAsync(port, "127.0.0.3", b.Port, node: "b")).Expect(200);
        Assert.Contains("balance=leastconn maxconn=9 drain=5m", balancer.File);

        await balancer.StopWebhookAsync();
        Directory.Delete(balancer.StateFolder, recursive: true);
        await balancer.StartWebhookAsync();
        Assert.Equal(("unchanged", false), Said((await balancer.AddAsync(port, "127.0.0.2", a.Port, node: "a")).Expect(200)));
        Assert.Contains("balance=leastconn maxconn=9 drain=5m", balancer.File);

        Assert.Equal(("changed", false), Said((await balancer.AddWithAsync(port, "127.0.0.3", b.Port, "b", """{"drain":10}""")).Expect(200)));
        Assert.Equal(("unchanged", false), Said((await balancer.AddAsync(port, "127.0.0.2", a.Port, node: "a")).Expect(200)));
        Assert.Contains("balance=leastconn maxconn=9 drain=10s", balancer.File);
    }

    private static (string? Outcome, bool? Reloaded) Said(LoadBalancer.Answer answer) => (answer.Outcome, answer.Reloaded);

    private static async Task<(LongLivedConnection Connection, string? Node)> OpenAsync(int port)
    {
        var connection = await LongLivedConnection.OpenAsync(port);
        return (connection, await connection.SayAsync("x"));
    }

    private static async Task<IEnumerable<string?>> NamesAsync(int port, int count) => (await AskAsync(port, count)).Distinct().Order();

    private static async Task<List<string?>> NodesOfAsync(int port, IEnumerable<string> clients)
    {
        var nodes = new List<string?>();
        foreach (var client in clients)
        {
            nodes.AddRange(await AskAsync(port, 1, client));
        }

        return nodes;
    }

    /// <summary>Asks one after another from an address, and tells who answered.</summary>
    private static async Task<List<string?>> AskAsync(int port, int count, string from = "127.0.0.1")
    {
        var names = new List<string?>();
        for (var i = 0; i < count; i++)
        {
            using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
            await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(HttpProbe.Timeout);
            await client.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(client.GetStream());
            var answer = await reader.ReadToEndAsync().WaitAsync(HttpProbe.Timeout);
            names.Add(answer.Contains(" 200 ", StringComparison.Ordinal) ? answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] : null);
        }

        return names;
    }

    /// <summary>Waits until a server of the mapping has a state, and none has another one.</summary>
    private static Task HasAsync(LoadBalancer balancer, int port, string state, string? not = null) => Eventually.TrueAsync(
        async () => await StatesAsync(balancer, port) is var states && states.Contains(state) && (not is null || !states.Contains(not)), $"a server is {state}");

    private static async Task<List<string>> StatesAsync(LoadBalancer balancer, int port) =>
        [.. (await StatAsync(balancer, port)).Select(row => $"{row["status"]} {row["check_status"]}".TrimEnd())];

    /// <summary>The rows of the servers of a mapping that are in use.</summary>
    private static async Task<List<Dictionary<string, string>>> StatAsync(LoadBalancer balancer, int port)
    {
        var lines = (await balancer.Haproxy.AskAsync("show stat") ?? "#").Split('\n');
        var columns = lines[0].TrimStart('#', ' ').Split(',');
        return
        [
            .. lines.Where(line => line.StartsWith($"phonehome_{port}_map-{port}_nodes,", StringComparison.Ordinal))
                .Select(line => columns.Zip(line.Split(',')).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second))
                .Where(row => row["svname"] != "BACKEND" && !row["status"].StartsWith("MAINT", StringComparison.Ordinal)),
        ];
    }
}
