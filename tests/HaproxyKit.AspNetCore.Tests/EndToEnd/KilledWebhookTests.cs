using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>samples/Webhook is killed at a random moment of a storm of calls, and started again.</summary>
public sealed class KilledWebhookTests
{
    [Fact]
    public async Task Every_mapping_whose_caller_got_200_is_there_after_a_kill_in_a_storm_of_calls_and_no_goodbye_is_undone()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync(settings:
        [
            ("PhoneHome:Tokens:0:MaxMappings", "1000"), ("PhoneHome:Tokens:0:NewFrontendsPerHour", "65535"),
            ("PhoneHome:Mappings:MaintenanceInterval", "00:00:00.500"), ("Haproxy:ReloadInterval", "00:00:00.100"),
            ("PhoneHome:Endpoints:AnswerTimeout", "00:00:05"),
        ]);
        await balancer.StopWebhookAsync();
        var original = balancer.File;
        var random = new Random(2026);
        var ports = Enumerable.Range(0, 32).Select(_ => Ports.Take()).ToArray();
        using var storm = new CallStorm(ports, new Dictionary<string, int> { ["127.0.0.2"] = nodeA.Port, ["127.0.0.3"] = nodeB.Port });
        var rounds = LongForm.Times(5, 100);
        for (var round = 0; round < rounds; round++)
        {
            await using (var killed = await StartAsync(balancer))
            {
                var calls = storm.RunAsync(killed.Url, random.Next());
                var enough = storm.Answered + random.Next(60);
                await Eventually.TrueAsync(() => storm.Answered >= enough, $"{enough} answers; {killed.Program.Output}", TimeSpan.FromSeconds(60));
                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 150));
                await killed.Program.KillAsync();
                await calls;
            }

            await AssertServedAsync(balancer, storm, $"killed in round {round}, before anybody repairs anything");
            await using var again = await StartAsync(balancer);
            await AssertKeptAsync(balancer, again, storm, $"round {round}");
            Assert.Equal(0, await again.Program.TerminateAsync());
        }

        await using (var last = await StartAsync(balancer))
        {
            await Task.WhenAll(storm.Possible.Keys.Select(key => storm.CallAsync(last.Url, key.Port, key.Node, address: null)));
            Assert.All(storm.Possible.Values, possible => Assert.Null(Assert.Single(possible)));
        }

        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.Equal("own", await HttpProbe.AskAsync(balancer.OwnPort));
        LongForm.Tell($"killed {rounds} times, {storm.Answered} calls answered with 200");
    }

    private static async Task<RunningWebhook> StartAsync(LoadBalancer balancer)
    {
        var port = Ports.Take();
        var settings = balancer.Settings();
        settings["PhoneHome:Server:Listen"] = $"127.0.0.1:{port}";
        var program = SampleProgram.Start("Webhook", settings);
        var webhook = new RunningWebhook(program, $"http://127.0.0.1:{port}");
        await program.SaysAsync("Application started");
        return webhook;
    }

    /// <summary>HAProxy serves who was told so, while nobody runs who could mend it.</summary>
    private static async Task AssertServedAsync(LoadBalancer balancer, CallStorm storm, string when)
    {
        foreach (var mapping in storm.Possible.GroupBy(pair => pair.Key.Port).Where(mapping => mapping.All(node => node.Value.Count == 1)))
        {
            // A worker that was replaced a moment ago may take a last connection before it closes its listeners.
            var expected = Names(mapping.Select(node => node.Value.Single()));
            var servers = await balancer.Haproxy.AskAsync("show servers state");
            await Eventually.TrueAsync(
                async () => expected.Contains(await HttpProbe.AskAsync(mapping.Key)),
                $"port {mapping.Key} is answered by [{string.Join(' ', expected)}], {when}\n{storm.ToldOf(mapping.Key)}\n{servers}\n{balancer.Haproxy.Output}",
                TimeSpan.FromSeconds(3));
        }
    }

    private static IReadOnlyList<string?> Names(IEnumerable<string?> addresses) =>
        [.. addresses.OfType<string>().Select(address => address == "127.0.0.2" ? "A" : "B").Distinct().DefaultIfEmpty(null)];

    /// <summary>The answer of <c>GET /v1/mappings</c>, the file and HAProxy all have what callers were told, and say the same of what they were not.</summary>
    private static async Task AssertKeptAsync(LoadBalancer balancer, RunningWebhook webhook, CallStorm storm, string when)
    {
        await Eventually.EqualAsync(200, () => webhook.StatusAsync("/readyz"), $"the webhook is ready, {when}");
        var listed = await webhook.NodesAsync();
        foreach (var (key, possible) in storm.Possible)
        {
            Assert.True(possible.Contains(listed.GetValueOrDefault(key)), $"{key} is listed at '{listed.GetValueOrDefault(key)}' and may be at [{string.Join(' ', possible)}], {when}");
            storm.Settle(key.Port, key.Node, listed.GetValueOrDefault(key));
        }

        Assert.All(listed.Keys, key => Assert.Contains(key, storm.Possible.Keys));
        await Eventually.EqualAsync(Text(listed), () => Task.FromResult(Text(ReadFile(balancer))), $"the file, {when}");
        foreach (var mapping in storm.Possible.Keys.GroupBy(key => key.Port))
        {
            var expected = Names(mapping.Select(key => listed.GetValueOrDefault(key)));
            await Eventually.TrueAsync(async () => expected.Contains(await HttpProbe.AskAsync(mapping.Key)), $"port {mapping.Key} is answered by [{string.Join(' ', expected)}], {when}");
        }
    }

    private static Dictionary<(int Port, string? Node), string> ReadFile(LoadBalancer balancer) =>
        MappingSections.Read(ConfigDocument.Load(balancer.Haproxy.ConfigPath))
            .SelectMany(mapping => mapping.Nodes.Select(node => (Key: (mapping.FrontendPort, node.Node), Address: $"{node.Address}")))
            .ToDictionary(node => node.Key, node => node.Address);

    private static string Text(Dictionary<(int Port, string? Node), string> nodes) =>
        string.Join('\n', nodes.OrderBy(node => node.Key.Port).ThenBy(node => node.Key.Node, StringComparer.Ordinal).Select(node => $"{node.Key.Port} {node.Key.Node} {node.Value}"));

    private sealed class RunningWebhook : IAsyncDisposable
    {
        private readonly HttpClient _client;

        internal RunningWebhook(SampleProgram program, string url)
        {
            (Program, Url) = (program, url);
            _client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LoadBalancer.Token);
        }

        internal SampleProgram Program { get; }

        internal string Url { get; }

        internal async Task<int> StatusAsync(string path)
        {
            using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
            return (int)response.StatusCode;
        }

        internal async Task<Dictionary<(int Port, string? Node), string>> NodesAsync()
        {
            var mappings = JsonNode.Parse(await _client.GetStringAsync(new Uri("/v1/mappings", UriKind.Relative)))!.AsArray();
            return mappings
                .SelectMany(mapping => mapping!["nodes"]!.AsArray().Select(node => (Key: ((int)mapping["frontendPort"]!, (string?)node!["node"]), Address: (string)node["address"]!)))
                .ToDictionary(node => node.Key, node => node.Address);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await Program.DisposeAsync();
        }
    }
}
