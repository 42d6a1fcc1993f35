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

    private static MappingStatus Status(string name, int port, string owner) => new()
    {
        Name = name,
        FrontendPort = port,
        Owner = owner,
        Nodes = [new NodeStatus { Address = IPAddress.Parse("203.0.113.7"), Port = 30443 }],
    };
}
