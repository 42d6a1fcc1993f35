using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>Rule 21: what was heard on the way and is sent again is refused, also by a webhook that has ended since.</summary>
public sealed class SignedReplayTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signed_call_sent_again_is_refused_after_a_newer_one_a_goodbye_and_a_restart(bool isKilled)
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var listen = Ports.Take();
        await using var balancer = await LoadBalancer.StartAsync(settings:
            [("PhoneHome:Tokens:0:RequireSignature", "true"), ("PhoneHome:Signatures:Origins:0", $"http://127.0.0.1:{listen}"), ("Haproxy:ReloadInterval", "00:00:00.100")]);
        await balancer.StopWebhookAsync();
        var caller = new SigningCaller(listen, Ports.Take(), nodeA.Port);

        // It flushes only after a while: what it kept in memory is lost where it is killed.
        var (first, moved) = (default(SignedCall)!, default(SignedCall)!);
        await RunAsync(balancer, listen, isKilled, async () =>
        {
            first = caller.Sign("a", "127.0.0.2");
            Assert.Equal(200, await caller.SendAsync(first));
            moved = caller.Sign("a", "127.0.0.3");
            Assert.Equal(200, await caller.SendAsync(moved));
            Assert.Equal(401, await caller.SendAsync(first));
        });

        SignedCall heartbeat = default!;
        await RunAsync(balancer, listen, isKilled, async () =>
        {
            Assert.Equal(401, await caller.SendAsync(first));
            Assert.Equal(401, await caller.SendAsync(moved));
            Assert.Equal("B", await HttpProbe.AskAsync(caller.Port));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", "127.0.0.3")));
            heartbeat = caller.Sign("a", "127.0.0.3");
            Assert.Equal(200, await caller.SendAsync(heartbeat));
        });

        SignedCall last = default!;
        await RunAsync(balancer, listen, isKilled, async () =>
        {
            Assert.Equal(401, await caller.SendAsync(heartbeat));
            last = caller.Sign("a", "127.0.0.2");
            Assert.Equal(200, await caller.SendAsync(last));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", null)));
            Assert.Equal(401, await caller.SendAsync(last));
        });

        await RunAsync(balancer, listen, isKilled, async () =>
        {
            Assert.Equal(401, await caller.SendAsync(last));
            Assert.Null(await HttpProbe.AskAsync(caller.Port));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", "127.0.0.2")));
            Assert.Equal("A", await HttpProbe.AskAsync(caller.Port));

            // Another node's clock is behind; it has nothing to do with this one's.
            Assert.Equal(200, await caller.SendAsync(caller.Sign("b", "127.0.0.3", TimeSpan.FromMinutes(-2))));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", "127.0.0.2")));
        });
    }

    /// <summary>Where the state folder is lost, HAProxy's file alone tells that there were calls before.</summary>
    [Fact]
    public async Task Signed_call_sent_again_is_refused_after_the_state_folder_was_lost()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        var listen = Ports.Take();
        await using var balancer = await LoadBalancer.StartAsync(settings:
            [("PhoneHome:Tokens:0:RequireSignature", "true"), ("PhoneHome:Signatures:Origins:0", $"http://127.0.0.1:{listen}")]);
        await balancer.StopWebhookAsync();
        var caller = new SigningCaller(listen, Ports.Take(), nodeA.Port);
        var first = default(SignedCall)!;
        await RunAsync(balancer, listen, isKilled: false, async () =>
        {
            first = caller.Sign("a", "127.0.0.2");
            Assert.Equal(200, await caller.SendAsync(first));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", "127.0.0.3")));
        });

        foreach (var file in Directory.EnumerateFiles(balancer.Settings()["PhoneHome:Mappings:StateFolder"]!))
        {
            File.Delete(file);
        }

        await RunAsync(balancer, listen, isKilled: false, async () =>
        {
            Assert.Equal(401, await caller.SendAsync(first));
            Assert.Equal("B", await HttpProbe.AskAsync(caller.Port));
            Assert.Equal(200, await caller.SendAsync(caller.Sign("a", "127.0.0.2")));
            Assert.Equal("A", await HttpProbe.AskAsync(caller.Port));
        });
        await RunAsync(balancer, listen, isKilled: false, async () => Assert.Equal(401, await caller.SendAsync(first)));
    }

    private static async Task RunAsync(LoadBalancer balancer, int listen, bool isKilled, Func<Task> callAsync)
    {
        var settings = balancer.Settings();
        settings["PhoneHome:Server:Listen"] = $"127.0.0.1:{listen}";
        await using var webhook = SampleProgram.Start("Webhook", settings);
        await webhook.SaysAsync("Application started");
        await callAsync();
        if (isKilled)
        {
            await webhook.KillAsync();
        }
        else
        {
            Assert.Equal(0, await webhook.TerminateAsync());
        }
    }

    private sealed record SignedCall(string Body, string Node, string Timestamp, string Signature);

    private sealed class SigningCaller(int listen, int port, int nodePort)
    {
        private const string Target = "/v1/phone-home";
        private readonly Uri _origin = new($"http://127.0.0.1:{listen}");
        private long _last;

        internal int Port => port;

        /// <summary>Signs a call to add a node, or to say goodbye where there is no address.</summary>
        internal SignedCall Sign(string node, string? address, TimeSpan clock = default)
        {
            var body = new JsonObject { ["action"] = address is null ? "delete" : "add", ["name"] = "web", ["frontendPort"] = port, ["node"] = node };
            if (address is not null)
            {
                (body["address"], body["nodePort"]) = (address, nodePort);
            }

            // No two in one millisecond.
            _last = Math.Max(_last + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            var timestamp = (_last + (long)clock.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var text = body.ToJsonString();
            return new SignedCall(text, node, timestamp, RequestSignature.Sign(
                RequestSignature.KeyOf(LoadBalancer.Token), _origin, "POST", Target, timestamp, node, Encoding.UTF8.GetBytes(text)));
        }

        internal async Task<int> SendAsync(SignedCall call)
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_origin, Target)) { Content = new StringContent(call.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add(PhoneHomeHeaders.TokenId, "cluster");
            request.Headers.Add(PhoneHomeHeaders.Timestamp, call.Timestamp);
            request.Headers.Add(PhoneHomeHeaders.Node, call.Node);
            request.Headers.Add(PhoneHomeHeaders.Signature, call.Signature);
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode != 401 || (string?)JsonNode.Parse(text)!["type"] == ProblemTypes.Replayed, text);
            return (int)response.StatusCode;
        }
    }
}
