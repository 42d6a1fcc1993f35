using System.Net;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.PhoneHome.Tests.Calling;

public sealed class PhoneHomeCallerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(600);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1/phone-home")]
    [InlineData("/behind/a/proxy")]
    public async Task A_call_in_our_format_carries_the_environment(string path)
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(
            webhook.Url + path,
            ("NODE_NAME", "node-1"),
            ("POD_UID", "6f1c"),
            ("NODE_ADDRESS", "203.0.113.7"),
            ("SEND_PROXY", "send-proxy-v2"),
            ("REPEAT_INTERVAL", "once"));

        Assert.Equal(0, await caller.RunAsync());

        var call = Assert.Single(webhook.Calls);
        Assert.Equal(path is "" or "/" ? "/v1/phone-home" : path, call.Target);
        Assert.Equal(
            ("POST", "Bearer " + CallerHost.Token, null, "application/json"),
            (call.Method, call.Authorization, call.IncumbentToken, call.ContentType));
        Assert.Equal(
            new PhoneHomeRequest
            {
                Name = "traefik",
                FrontendPort = 8443,
                NodePort = 30443,
                Address = "203.0.113.7",
                Node = "node-1",
                Instance = "6f1c",
                Action = "add",
                SendProxy = "v2",
            },
            Read(call));
    }

    [Fact]
    public async Task A_server_that_says_200_to_everything_serves_no_mapping()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, _) => Task.CompletedTask;
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "once"));

        Assert.Equal(1, await caller.RunAsync());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("true", "v1")]
    public async Task A_call_in_the_incumbents_format_is_what_its_client_sends(string? sendProxy, string expected)
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, _) => Task.CompletedTask;
        await using var caller = CallerHost.Make(
            webhook.Url + "/hooks/update-haproxy",
            ("NODE_ADDRESS", "203.0.113.7"),
            ("SEND_PROXY", sendProxy),
            ("REPEAT_INTERVAL", "once"));

        Assert.Equal(0, await caller.RunAsync());

        var call = Assert.Single(webhook.Calls);
        Assert.Equal(
            ("POST", "/hooks/update-haproxy", null, CallerHost.Token, "application/json"),
            (call.Method, call.Target, call.Authorization, call.IncumbentToken, call.ContentType));
        Assert.Equal(
            $$"""{"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","action":"add","name":"traefik","send-proxy":"{{expected}}"}""",
            call.Body);
    }

    [Fact]
    public async Task Without_an_address_the_call_leaves_it_to_the_webhook()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "once"));

        await caller.RunAsync();

        Assert.DoesNotContain("address", Assert.Single(webhook.Calls).Body);
    }

    [Fact]
    public async Task The_address_is_asked_for_before_every_call()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(webhook.Url, ("NODE_ADDRESS_FROM", webhook.Url + "/ip"));

        await caller.StartAsync();
        await Eventually.TrueAsync(() => webhook.Calls.Count >= 3, "three calls");

        Assert.Equal(["203.0.113.1", "203.0.113.2", "203.0.113.3"], webhook.Calls.Take(3).Select(call => Read(call).Address));
        Assert.Equal(Interval, caller.Time.Waits.First());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("localhost")]
    [InlineData("127.2")]
    [InlineData("203.0.113.7 203.0.113.8")]
    public async Task What_is_no_address_is_not_sent_but_asked_for_again(string nonsense)
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Address = n => n < 3 ? nonsense : "203.0.113.7";
        await using var caller = CallerHost.Make(webhook.Url, ("NODE_ADDRESS_FROM", webhook.Url + "/ip"));

        await caller.StartAsync();
        await Eventually.TrueAsync(() => !webhook.Calls.IsEmpty, "a call");

        Assert.Equal("203.0.113.7", Read(webhook.Calls.First()).Address);
        Assert.Equal(2, caller.Log.Lines.Count(line => line.Contains("NODE_ADDRESS_FROM gave no address")));
    }

    [Fact]
    public async Task An_endless_answer_of_the_address_service_is_not_read_to_its_end()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Address = _ => new string('1', 10_000_000);
        await using var caller = CallerHost.Make(
            webhook.Url, ("NODE_ADDRESS_FROM", webhook.Url + "/ip"), ("REPEAT_INTERVAL", "once"));

        Assert.Equal(1, await caller.RunAsync());
        Assert.Empty(webhook.Calls);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_failure_that_may_pass_is_repeated_soon_with_a_growing_wait(int status)
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (n, response) => Write(response, n <= 3 ? status : 200);
        await using var caller = CallerHost.Make(webhook.Url);

        await caller.StartAsync();
        await Eventually.TrueAsync(() => caller.Time.Waits.Count >= 4, "four calls and the waits behind them");

        var waits = caller.Time.Waits.Take(4).ToList();
        Assert.InRange(waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.InRange(waits[1], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.InRange(waits[2], TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.Equal(Interval, waits[3]);
    }

    [Fact]
    public async Task Retry_After_is_kept()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (n, response) =>
        {
            response.Headers.RetryAfter = n == 1 ? "17" : "99999999";
            return Write(response, n <= 2 ? 503 : 200);
        };
        await using var caller = CallerHost.Make(webhook.Url);

        await caller.StartAsync();
        await Eventually.TrueAsync(() => caller.Time.Waits.Count >= 3, "three waits");

        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromMinutes(10), Interval], caller.Time.Waits.Take(3));
    }

    [Fact]
    public async Task The_wait_after_many_failures_never_passes_the_interval()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) => Write(response, 503);
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "3"));

        await caller.StartAsync();
        await Eventually.TrueAsync(() => caller.Time.Waits.Count >= 20, "twenty waits");

        Assert.All(caller.Time.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_webhook_that_is_away_is_called_until_it_is_there()
    {
        var port = Ports.Take();
        await using var caller = CallerHost.Make($"http://127.0.0.1:{port}");

        await caller.StartAsync();
        await Eventually.TrueAsync(() => caller.Time.Waits.Count >= 3, "three attempts");

        Assert.Contains(caller.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("no answer"));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_fields_and_repeated_only_at_the_interval()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) => Write(
            response,
            400,
            """{"type":"t","title":"Invalid request","status":400,"errors":[{"field":"name","message":"must be shorter"}],"new":1}""");
        await using var caller = CallerHost.Make(webhook.Url);

        await caller.StartAsync();
        await Eventually.TrueAsync(() => caller.Time.Waits.Count >= 2, "two waits");

        Assert.All(caller.Time.Waits, wait => Assert.Equal(Interval, wait));
        Assert.Contains(caller.Log.Lines, line => line.StartsWith("Error Refused: 400 Invalid request; name must be shorter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_a_refusal_and_the_token_is_not_carried_on()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var other = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) =>
        {
            response.Headers.Location = other.Url;
            return Write(response, 307);
        };
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "once"));

        Assert.Equal(1, await caller.RunAsync());
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task An_answer_that_repeats_the_token_or_forges_lines_is_cleaned_before_it_is_logged()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) => Write(response, 403, $"no {CallerHost.Token}\r\nfail: forged{new string('x', 100_000)}");
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "once"));

        Assert.Equal(1, await caller.RunAsync());

        var line = Assert.Single(caller.Log.Lines, line => line.StartsWith("Error Refused", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', line);
        Assert.InRange(line.Length, 100, 5_000);
    }

    [Fact]
    public async Task The_incumbents_answer_to_a_wrong_token_is_a_refusal_although_it_is_200()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) => Write(response, 200, "Hook rules were not satisfied.");
        await using var caller = CallerHost.Make(
            webhook.Url + "/hooks/update-haproxy", ("NODE_ADDRESS", "203.0.113.7"), ("REPEAT_INTERVAL", "once"));

        Assert.Equal(1, await caller.RunAsync());
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(401, 1)]
    [InlineData(409, 1)]
    [InlineData(503, 1)]
    public async Task Once_calls_once_ends_with_the_truth_and_says_no_goodbye(int status, int exitCode)
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        webhook.Answer = (_, response) => Write(response, status);
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "once"));

        Assert.Equal(exitCode, await caller.RunAsync());
        await caller.StopAsync();

        Assert.Single(webhook.Calls);
    }

    [Fact]
    public async Task Stop_says_goodbye_for_the_instance_that_called()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(
            webhook.Url, ("NODE_NAME", "node-1"), ("NODE_ADDRESS_FROM", webhook.Url + "/ip"));
        await caller.StartAsync();
        await Eventually.TrueAsync(() => !webhook.Calls.IsEmpty, "a call");

        webhook.Address = _ => "no address any more";
        await caller.StopAsync();

        var first = Read(webhook.Calls.First());
        var last = Read(webhook.Calls.Last());
        Assert.Equal("delete", last.Action);
        Assert.Equal((first.Name, first.FrontendPort, first.Node, first.Instance), (last.Name, last.FrontendPort, last.Node, last.Instance));
        Assert.Equal(32, last.Instance?.Length);
        Assert.Single(webhook.Calls, call => Read(call).Action == "delete");
    }

    [Fact]
    public async Task Stop_before_any_call_says_nothing()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(webhook.Url);

        await caller.StopAsync();

        Assert.Empty(webhook.Calls);
    }

    [Fact]
    public async Task Stop_in_the_incumbents_format_leaves_the_mapping_to_the_pod_that_comes_next()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(webhook.Url + "/hooks/update-haproxy", ("NODE_ADDRESS", "203.0.113.7"));
        await caller.StartAsync();
        await Eventually.TrueAsync(() => !webhook.Calls.IsEmpty, "a call");

        await caller.StopAsync();

        Assert.DoesNotContain(webhook.Calls, call => call.Body.Contains("delete"));
    }

    [Fact]
    public async Task Stop_ends_in_time_where_nobody_answers_the_goodbye()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        var silence = new TaskCompletionSource();
        webhook.Answer = (n, response) => n == 1 ? Write(response, 200) : silence.Task;
        await using var caller = CallerHost.Make(webhook.Url, ("REPEAT_INTERVAL", "86400"));
        await caller.StartAsync();
        await Eventually.TrueAsync(() => !webhook.Calls.IsEmpty, "a call");

        await caller.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Contains(caller.Log.Lines, line => line.Contains("the lease will end it"));
        silence.SetResult();
    }

    [Fact]
    public async Task Delete_as_argument_calls_once_and_ends()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(["delete"], webhook.Url);

        Assert.Equal(0, await caller.RunAsync());

        Assert.Equal("delete", Read(Assert.Single(webhook.Calls)).Action);
    }

    [Fact]
    public async Task A_token_file_is_read_before_every_call()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", CallerHost.Token + "\n");
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var caller = CallerHost.Make(webhook.Url, ("WEBHOOK_TOKEN", null), ("WEBHOOK_TOKEN_FILE", file));
        await caller.StartAsync();
        await Eventually.TrueAsync(() => !webhook.Calls.IsEmpty, "a call");

        folder.Write("token", "rotated-token-of-the-pod");

        await Eventually.TrueAsync(
            () => webhook.Calls.Any(call => call.Authorization == "Bearer rotated-token-of-the-pod"), "a call with the new token");
        Assert.Equal("Bearer " + CallerHost.Token, webhook.Calls.First().Authorization);
    }

    private static PhoneHomeRequest Read(RecordedCall call)
    {
        var request = JsonSerializer.Deserialize(call.Body, PhoneHomeJsonContext.Default.PhoneHomeRequest);
        Assert.NotNull(request);
        var origin = new CallOrigin { Owner = "o", Address = IPAddress.Parse("203.0.113.9") };
        Assert.Empty(MappingValidator.Validate(request, origin).Problems);
        return request;
    }

    private static Task Write(HttpResponse response, int status, string body = RecordingWebhook.ServedBody)
    {
        response.StatusCode = status;
        return response.WriteAsync(body);
    }
}
