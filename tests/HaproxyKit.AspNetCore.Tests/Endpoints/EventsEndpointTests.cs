using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class EventsEndpointTests
{
    private const string Path = "/v1/events";

    [Fact]
    public async Task Get_streams_what_becomes_of_the_owners_mappings_and_of_no_others()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:FrontendPorts", "443,8443"));
        using var response = await host.SendAsync(HttpMethod.Get, Path, lastEventId: "41");
        Write(host, 42, PhoneHomeEventKind.Created, "cluster-b", 443);
        Write(host, 43, PhoneHomeEventKind.Created, "cluster-a", 9999);
        Write(host, 44, PhoneHomeEventKind.Moved, "cluster-a", 8443);
        Write(host, 45, PhoneHomeEventKind.Gap, null, null);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await ReadEventAsync(reader);
        Assert.Equal(["id: 44", "event: moved"], first.Take(2));
        var data = JsonNode.Parse(first[2]["data: ".Length..])!;
        Assert.Equal((44, "moved", 8443, "r9"), ((long)data["sequence"]!, (string)data["kind"]!, (int)data["frontendPort"]!, (string)data["revision"]!));
        Assert.Null(data["owner"]);
        Assert.Equal(["id: 45", "event: gap"], (await ReadEventAsync(reader)).Take(2));
        Assert.Equal([41L], host.PhoneHome.Watched);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    public async Task Get_with_a_malformed_id_is_400(string id)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Get, Path, lastEventId: id);

        Assert.Equal("Last-Event-ID", Assert.Single((await response.ReadProblemAsync(400, ProblemTypes.InvalidField)).Errors!).Field);
    }

    [Fact]
    public async Task Streams_are_bounded_for_each_owner_and_for_all_and_a_place_is_free_again_when_its_client_has_gone()
    {
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Endpoints:MaxEventStreams", "3"), ("PhoneHome:Endpoints:MaxEventStreamsPerOwner", "2"));
        var first = await host.SendAsync(HttpMethod.Get, Path);
        using var second = await host.SendAsync(HttpMethod.Get, Path);
        using var overOwners = await host.SendAsync(HttpMethod.Get, Path);
        using var others = await host.SendAsync(HttpMethod.Get, Path, WebhookHost.OtherToken);
        using var overAll = await host.SendAsync(HttpMethod.Get, Path, WebhookHost.OtherToken);

        Assert.Equal([200, 200, 200], new[] { first, second, others }.Select(response => (int)response.StatusCode));
        await overOwners.ReadProblemAsync(429, ProblemTypes.TooManyStreams);
        await overAll.ReadProblemAsync(429, ProblemTypes.TooManyStreams);
        Assert.NotNull(overAll.Headers.RetryAfter);
        first.Dispose();
        await Eventually.TrueAsync(
            async () => { using var again = await host.SendAsync(HttpMethod.Get, Path); return (int)again.StatusCode == 200; },
            "the place of the client that left is free");
    }

    [Fact]
    public async Task A_stream_ends_after_its_life_so_that_its_token_is_judged_anew()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:EventStreamLifetime", "00:00:01"));
        using var response = await host.SendAsync(HttpMethod.Get, Path);

        var text = await response.Content.ReadAsStringAsync().WaitAsync(Eventually.DefaultTimeout);

        Assert.Equal(":\n\n", text);
    }

    [Fact]
    public async Task A_host_that_stops_ends_its_streams()
    {
        var host = await WebhookHost.StartAsync();
        using var response = await host.SendAsync(HttpMethod.Get, Path);
        var text = response.Content.ReadAsStringAsync();

        await host.DisposeAsync().AsTask().WaitAsync(Eventually.DefaultTimeout);

        await Eventually.TrueAsync(() => text.IsCompleted, "the stream has ended");
    }

    private static void Write(WebhookHost host, long sequence, PhoneHomeEventKind kind, string? owner, int? port) =>
        Assert.True(host.PhoneHome.Events.Writer.TryWrite(new PhoneHomeEvent
        {
            Sequence = sequence,
            Time = DateTimeOffset.UnixEpoch,
            Kind = kind,
            Owner = owner,
            Name = owner is null ? null : "a",
            FrontendPort = port,
            Revision = "r9",
        }));

    private static async Task<List<string>> ReadEventAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(Eventually.DefaultTimeout) is { } line)
        {
            if (line.Length > 0 && line != ":")
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                return lines;
            }
        }

        return lines;
    }
}
