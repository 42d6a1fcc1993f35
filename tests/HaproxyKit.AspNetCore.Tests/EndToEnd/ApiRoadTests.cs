using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>Asking, planning and watching before a real HAProxy.</summary>
public sealed class ApiRoadTests
{
    [Fact]
    public async Task A_plan_changes_nothing_and_comes_true_and_the_owner_watches_it()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        using var stream = await SendAsync(balancer, HttpMethod.Get, "/v1/events");
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        var original = balancer.File;
        var pid = await balancer.WorkerPidAsync();
        var body = new JsonObject { ["name"] = $"map-{port}", ["frontendPort"] = port, ["nodePort"] = node.Port, ["address"] = "127.0.0.2" };

        using var planned = await SendAsync(balancer, HttpMethod.Post, "/v1/phone-home?dry-run=true", body);
        var plan = JsonNode.Parse(await planned.Content.ReadAsStringAsync())!;
        Assert.Equal((200, "created", true), ((int)planned.StatusCode, (string?)plan["outcome"], (bool?)plan["reload"]));
        Assert.NotEmpty(plan["steps"]!.AsArray());
        Assert.Equal((original, pid), (balancer.File, await balancer.WorkerPidAsync()));
        Assert.Null(await HttpProbe.AskAsync(port));

        var added = (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        Assert.Equal("created", added.Outcome);
        using var taken = await SendAsync(balancer, HttpMethod.Post, "/v1/phone-home?dry-run=true", new JsonObject
        {
            ["name"] = "x", ["frontendPort"] = balancer.OwnPort, ["nodePort"] = node.Port, ["address"] = "127.0.0.2",
        });
        Assert.Equal(409, (int)taken.StatusCode);
        using var one = await SendAsync(balancer, HttpMethod.Get, $"/v1/mappings/{port}");
        Assert.Equal($"map-{port}", (string?)JsonNode.Parse(await one.Content.ReadAsStringAsync())!["name"]);

        using var gone = await SendAsync(balancer, HttpMethod.Delete, $"/v1/phone-home?name=map-{port}&frontendPort={port}");
        Assert.Equal("removed", (string?)JsonNode.Parse(await gone.Content.ReadAsStringAsync())!["outcome"]);
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);

        var (created, id) = await ReadEventAsync(events);
        Assert.Equal(("created", port, (string?)added.Json["revision"]), ((string?)created["kind"], (int)created["frontendPort"]!, (string?)created["revision"]));
        Assert.Equal("removed", (string?)(await ReadEventAsync(events)).Data["kind"]);
        using var again = await SendAsync(balancer, HttpMethod.Get, "/v1/events", lastEventId: id);
        using var rest = new StreamReader(await again.Content.ReadAsStreamAsync());
        Assert.Equal("removed", (string?)(await ReadEventAsync(rest)).Data["kind"]);
    }

    [Fact]
    public async Task Ready_follows_HAProxy_and_a_restarted_webhook_knows_its_mappings_before_the_first_call()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.2", node.Port)).Expect(200);
        await balancer.StopWebhookAsync();
        await balancer.StartWebhookAsync();

        await Eventually.EqualAsync(200, () => StatusAsync("/readyz"), "readiness");
        Assert.Equal(200, await StatusAsync($"/v1/mappings/{port}"));
        await balancer.Haproxy.StopAsync();

        await Eventually.EqualAsync(503, () => StatusAsync("/readyz"), "readiness");
        using var told = await SendAsync(balancer, HttpMethod.Get, "/readyz");
        var answer = JsonNode.Parse(await told.Content.ReadAsStringAsync())!;
        Assert.Equal(("not-ready", "unreachable", "adopted"), ((string?)answer["status"], (string?)answer["haproxy"], (string?)answer["mappings"]));
        Assert.NotEmpty(answer["details"]!.AsArray());

        async Task<int> StatusAsync(string path)
        {
            using var response = await SendAsync(balancer, HttpMethod.Get, path);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Not_ready_is_told_while_the_file_is_a_link_that_leads_nowhere_and_every_change_is_refused_for_it()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync(settings: ("PhoneHome:Mappings:MaintenanceInterval", "00:00:01"));
        await Eventually.EqualAsync(200, () => ReadyAsync(), "readiness");
        File.Move(balancer.MappingsPath, balancer.MappingsPath + ".away");
        File.CreateSymbolicLink(balancer.MappingsPath, balancer.MappingsPath + ".nowhere");

        var refused = (await balancer.AddAsync(Ports.Take(), "127.0.0.2", node.Port)).Expect(503);

        Assert.Equal("urn:haproxykit:problem:configuration-unavailable", (string?)refused.Json["type"]);
        Assert.Equal(503, await ReadyAsync());
        using var told = await SendAsync(balancer, HttpMethod.Get, "/readyz");
        var answer = JsonNode.Parse(await told.Content.ReadAsStringAsync())!;
        Assert.Equal(("reachable", "adopted", "unavailable"), ((string?)answer["haproxy"], (string?)answer["mappings"], (string?)answer["configuration"]));
        Assert.Contains(balancer.MappingsPath, (string?)answer["details"]![0]);

        File.Delete(balancer.MappingsPath);
        File.Move(balancer.MappingsPath + ".away", balancer.MappingsPath);
        await Eventually.EqualAsync(200, () => ReadyAsync(), "readiness");

        async Task<int> ReadyAsync()
        {
            using var response = await SendAsync(balancer, HttpMethod.Get, "/readyz");
            return (int)response.StatusCode;
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        LoadBalancer balancer, HttpMethod method, string path, JsonObject? body = null, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadBalancer.Token);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        request.Content = body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        return await balancer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<(JsonNode Data, string Id)> ReadEventAsync(StreamReader reader)
    {
        var id = "";
        while (await reader.ReadLineAsync().WaitAsync(Eventually.DefaultTimeout) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line["id: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (JsonNode.Parse(line["data: ".Length..])!, id);
            }
        }

        throw new InvalidOperationException("the stream ended");
    }
}
