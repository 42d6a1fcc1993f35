using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData(true, 200, "ready")]
    [InlineData(false, 503, "not-ready")]
    public async Task Ready_is_who_knows_the_mappings(bool hasAdopted, int status, string word)
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.HasAdopted = hasAdopted;

        using var response = await host.SendAsync(HttpMethod.Get, "/readyz", token: null);

        Assert.Equal(status, (int)response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(word, (string?)answer["status"]);
        Assert.Null(answer["details"]);
    }

    [Fact]
    public async Task Not_ready_is_who_cannot_carry_out_any_change_and_the_reason_is_for_valid_tokens()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Obstacle = "No space left on device";

        using var known = await host.SendAsync(HttpMethod.Get, "/readyz");
        using var stranger = await host.SendAsync(HttpMethod.Get, "/readyz", token: null);

        var told = JsonNode.Parse(await known.Content.ReadAsStringAsync())!;
        Assert.Equal((503, "not-ready", "unavailable", "adopted"), ((int)known.StatusCode, (string?)told["status"], (string?)told["configuration"], (string?)told["mappings"]));
        Assert.Equal("no change can be carried out: No space left on device", (string?)told["details"]![0]);
        Assert.Equal(503, (int)stranger.StatusCode);
        Assert.DoesNotContain("space", await stranger.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/healthz", true, 200)]
    [InlineData("/readyz", true, 200)]
    [InlineData("/readyz", false, 503)]
    public async Task Head_is_answered_as_get_without_the_body(string path, bool hasAdopted, int status)
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.HasAdopted = hasAdopted;

        using var get = await host.SendAsync(HttpMethod.Get, path, token: null);
        using var head = await host.SendAsync(HttpMethod.Head, path, token: null);
        using var other = await host.SendAsync(HttpMethod.Put, path, token: null);

        Assert.Equal((status, status), ((int)get.StatusCode, (int)head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        await other.ReadProblemAsync(405, ProblemTypes.MethodNotAllowed);
        Assert.Equal(["GET", "HEAD"], other.Content.Headers.Allow);
    }

    [Fact]
    public async Task Details_are_for_valid_tokens_and_a_wrong_one_is_401()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.HasAdopted = false;

        using var known = await host.SendAsync(HttpMethod.Get, "/readyz");
        using var wrong = await host.SendAsync(HttpMethod.Get, "/readyz", token: "wrong");

        Assert.Contains("have not been read", (string?)JsonNode.Parse(await known.Content.ReadAsStringAsync())!["details"]![0]);
        await wrong.ReadProblemAsync(401, ProblemTypes.Unauthorized);
    }
}
