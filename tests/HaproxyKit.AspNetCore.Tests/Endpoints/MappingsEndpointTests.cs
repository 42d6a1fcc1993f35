using System.Net;
using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class MappingsEndpointTests
{
    [Fact]
    public async Task Get_of_an_own_port_is_that_mapping()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Mappings = [Status("other", 443, "cluster-a"), Status("traefik", 8443, "cluster-a")];

        using var response = await host.SendAsync(HttpMethod.Get, "/v1/mappings/8443");

        Assert.Equal(200, (int)response.StatusCode);
        var mapping = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("traefik", (string?)mapping["name"]);
        Assert.Equal("203.0.113.7", (string?)mapping["nodes"]?[0]?["address"]);
    }

    [Theory]
    [InlineData("8443")]
    [InlineData("443")]
    [InlineData("80")]
    [InlineData("08080")]
    [InlineData("+8080")]
    [InlineData("0")]
    [InlineData("99999999999")]
    [InlineData("x")]
    public async Task Get_of_anothers_of_none_and_of_no_port_is_one_and_the_same_404(string port)
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:FrontendPorts", "1024-65535"));
        host.PhoneHome.Mappings = [Status("a", 8443, "cluster-b"), Status("b", 443, "cluster-a"), Status("c", 8080, "cluster-a")];

        using var response = await host.SendAsync(HttpMethod.Get, "/v1/mappings/" + port);
        using var absent = await host.SendAsync(HttpMethod.Get, "/v1/mappings/1");

        await response.ReadProblemAsync(404, ProblemTypes.NotFound);
        Assert.Equal(await absent.Content.ReadAsStringAsync(), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(NodeHold.Drain, "drain")]
    [InlineData(NodeHold.Maintenance, "maintenance")]
    public async Task Get_tells_which_node_an_operator_holds(NodeHold? hold, string? word)
    {
        await using var host = await WebhookHost.StartAsync();
        var status = Status("traefik", 8443, "cluster-a");
        host.PhoneHome.Mappings = [status with { Nodes = [status.Nodes[0] with { HeldByOperator = hold }] }];

        using var response = await host.SendAsync(HttpMethod.Get, "/v1/mappings/8443");

        var node = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["nodes"]![0]!.AsObject();
        Assert.Equal(word is not null, node.ContainsKey("heldByOperator"));
        Assert.Equal(word, (string?)node["heldByOperator"]);
    }

    [Fact]
    public async Task Get_tells_what_callers_have_said_of_a_mapping_and_leaves_out_what_they_have_not()
    {
        await using var host = await WebhookHost.StartAsync();
        var plain = Status("plain", 443, "cluster-a");
        host.PhoneHome.Mappings =
        [
            plain,
            Status("traefik", 8443, "cluster-a") with
            {
                Settings = new MappingSettings
                {
                    BindAddress = IPAddress.Parse("203.0.113.1"),
                    Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/ready", Interval = TimeSpan.FromMilliseconds(1500), Fall = 2 },
                    Balance = BalanceMethod.LeastConnections,
                    Stickiness = TimeSpan.FromMinutes(10),
                    MaxConnections = 5,
                    DrainTime = TimeSpan.FromSeconds(90),
                },
                Nodes = [plain.Nodes[0] with { Weight = 7 }],
            },
        ];

        using var response = await host.SendAsync(HttpMethod.Get, "/v1/mappings");

        var mappings = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(["name", "frontendPort", "nodes"], mappings[0]!.AsObject().Select(member => member.Key));
        Assert.Equal(
            """
            {"name":"traefik","frontendPort":8443,"bindAddress":"203.0.113.1","check":{"kind":"http","path":"/ready","interval":"1500ms","fall":2},"balance":"leastconn","sticky":"10m","maxConnections":5,"drain":"90s","nodes":[{"address":"203.0.113.7","port":30443,"weight":7}]}
            """,
            mappings[1]!.ToJsonString());
    }

    private static MappingStatus Status(string name, int port, string owner) => new()
    {
        Name = name,
        FrontendPort = port,
        Owner = owner,
        Nodes = [new NodeStatus { Address = IPAddress.Parse("203.0.113.7"), Port = 30443 }],
    };
}
