using System.Net;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>Scopes, owners and quotas of tokens, as a caller meets them.</summary>
public sealed class TokenScopeEndpointTests
{
    [Fact]
    public async Task What_is_outside_the_scope_is_403_and_names_the_members_as_the_caller_wrote_them()
    {
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Tokens:0:FrontendPorts", "443"),
            ("PhoneHome:Tokens:0:Names", "web-*"),
            ("PhoneHome:Tokens:0:NodeNetworks", "203.0.113.64/26"),
            ("PhoneHome:Tokens:0:Actions", "delete"));

        using var ours = await host.PostOursAsync(WebhookHost.OurBody);
        using var incumbents = await host.PostIncumbentsAsync(WebhookHost.IncumbentBody);
        using var list = await GetMappingsAsync(host, WebhookHost.Token);

        var problem = await ours.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Equal(["name", "frontendPort", "address", "action"], problem.Errors?.Select(e => e.Field));
        problem = await incumbents.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Equal(["name", "frontend-port", "dst-ip", "action"], problem.Errors?.Select(e => e.Field));
        await list.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task A_port_outside_the_scope_is_answered_alike_whoever_has_it()
    {
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Tokens:0:FrontendPorts", "9999"), ("PhoneHome:Policy:FrontendPorts", "8443-9999"));
        host.PhoneHome.Mappings = [Status("traefik", 8443, "cluster-b")];
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(
            new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "taken" });
        var answers = new List<string>();
        foreach (var port in new[] { 8443, 8444, host.Address.Port, 22 })
        {
            using var response = await host.PostOursAsync(WebhookHost.OurBody.Replace("8443", $"{port}"));
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.StartsWith("403 ", answers[0]);
        Assert.Single(answers.Distinct());
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task Two_tokens_of_one_owner_are_one_owner_so_that_a_token_can_be_replaced()
    {
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Tokens:0:Owner", "team"), ("PhoneHome:Tokens:1:Owner", "team"));

        foreach (var token in new[] { WebhookHost.Token, WebhookHost.OtherToken })
        {
            using var response = await host.PostOursAsync(WebhookHost.OurBody, token);
            await response.ReadSuccessAsync();
        }

        Assert.Equal(["team", "team"], host.PhoneHome.Commands.Select(command => command.Owner));
    }

    [Fact]
    public async Task A_list_has_what_the_owner_has_within_the_scope()
    {
        await using var host = await WebhookHost.StartAsync(
            ("PhoneHome:Tokens:0:Owner", "team"), ("PhoneHome:Tokens:0:FrontendPorts", "443"), ("PhoneHome:Tokens:1:Owner", "team"));
        host.PhoneHome.Mappings = [Status("inside", 443, "team"), Status("outside", 8443, "team"), Status("stranger", 444, "cluster-a")];

        using var narrow = await GetMappingsAsync(host, WebhookHost.Token);
        using var wide = await GetMappingsAsync(host, WebhookHost.OtherToken);

        var seen = await narrow.Content.ReadAsStringAsync();
        Assert.Contains("inside", seen);
        Assert.DoesNotContain("outside", seen);
        Assert.DoesNotContain("stranger", seen);
        Assert.Contains("outside", await wide.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_429_with_the_time_to_come_again()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:MaxMappings", "0"));

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        var problem = await response.ReadProblemAsync(429, ProblemTypes.QuotaExceeded);
        Assert.Equal("the owner of this token has 0 mappings at most", problem.Detail);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.RetryAfter?.Delta);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task The_webhooks_own_port_is_409()
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostOursAsync(WebhookHost.OurBody.Replace("8443", $"{host.Address.Port}"));

        var problem = await response.ReadProblemAsync(409, ProblemTypes.Conflict);
        Assert.Contains("the webhook itself listens there", problem.Detail);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task The_ports_on_which_HAProxy_is_controlled_are_409()
    {
        await using var host = await WebhookHost.StartAsync(
            ("Haproxy:StatsSocket", "127.0.0.1:8443"), ("Haproxy:MasterSocket", "127.0.0.1:8444"));

        foreach (var port in new[] { "8443", "8444" })
        {
            using var response = await host.PostOursAsync(WebhookHost.OurBody.Replace("8443", port));
            Assert.Contains("HAProxy is controlled there", (await response.ReadProblemAsync(409, ProblemTypes.Conflict)).Detail);
        }

        Assert.Empty(host.PhoneHome.Commands);
    }

    private static Task<HttpResponseMessage> GetMappingsAsync(WebhookHost host, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/mappings");
        WebhookHost.Present(request, token, asIncumbent: false);
        return host.Client.SendAsync(request);
    }

    private static MappingStatus Status(string name, int port, string owner) => new()
    {
        Name = name,
        FrontendPort = port,
        Owner = owner,
        Nodes = [new NodeStatus { Address = IPAddress.Parse("203.0.113.7"), Port = 30443 }],
    };
}
