using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>DELETE says goodbye, by a body or by the query.</summary>
public sealed class GoodbyeTests
{
    [Theory]
    [InlineData("", """{"name":"traefik","frontendPort":8443,"node":"w1","instance":"p1"}""")]
    [InlineData("", """{"name":"traefik","frontendPort":8443,"node":"w1","instance":"p1","action":"delete"}""")]
    [InlineData("?name=traefik&frontendPort=8443&node=w1&instance=p1", null)]
    public async Task Delete_asks_for_the_instance_to_be_gone(string query, string? body)
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Served { Change = MappingChange.Removed, Revision = "r2" });

        using var response = await host.SendAsync(HttpMethod.Delete, WebhookHost.Ours + query, body: body);

        Assert.Equal("removed", (await response.ReadSuccessAsync()).Outcome);
        var command = Assert.Single(host.PhoneHome.Commands);
        Assert.Equal((MappingAction.Delete, "traefik", 8443, "w1", "p1"), (command.Action, command.Name, command.FrontendPort, command.Node, command.Instance));
    }

    [Theory]
    [InlineData("?name=a&frontendPort=443", """{"name":"a","frontendPort":443}""", "name,frontendPort")]
    [InlineData("?name=a&frontendPort=0443", null, "frontendPort")]
    [InlineData("?name=a&frontendPort=443&frontendPort=444", null, "frontendPort")]
    [InlineData("?name=a%20b&frontendPort=443&force=true", null, "name,force")]
    [InlineData("?name=%ED%A0%80&frontendPort=443", null, "name")]
    [InlineData("?name=a%00&frontendPort=443%0A", null, "name,frontendPort")]
    [InlineData("?name=a&frontendPort=443&node=%C3%A4&instance=a%20b", null, "node,instance")]
    [InlineData("?name=a&frontendPort=443&%ED%A0%80=1", null, "%ED%A0%80")]
    [InlineData("", null, "name,frontendPort")]
    [InlineData("", """{"name":"a","frontendPort":443,"action":"add"}""", "nodePort")]
    [InlineData("", """{"name":"a","frontendPort":443,"nodePort":30443,"address":"203.0.113.7","action":"add"}""", "action")]
    public async Task Delete_that_says_something_wrong_is_400_with_each_field(string query, string? body, string fields)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Delete, WebhookHost.Ours + query, body: body);

        var problem = await response.ReadProblemAsync(400, ProblemTypes.InvalidField);
        Assert.Equal(fields.Split(','), problem.Errors?.Select(error => error.Field));
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task Delete_with_a_body_of_no_bytes_is_one_without()
    {
        await using var host = await WebhookHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(host.Address);

        await connection.WriteAsync(
            $"DELETE {WebhookHost.Ours}?name=a&frontendPort=443 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {WebhookHost.Token}\r\n"
            + "Content-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadToEndAsync());
        Assert.Equal(MappingAction.Delete, Assert.Single(host.PhoneHome.Commands).Action);
    }

    [Fact]
    public async Task Post_with_an_unknown_word_in_the_query_is_400_in_our_format_and_served_in_the_incumbents()
    {
        await using var host = await WebhookHost.StartAsync();

        using var ours = await host.PostAsync(WebhookHost.Ours + "?dryrun=true", WebhookHost.OurBody, WebhookHost.Token);
        using var incumbents = await host.PostAsync(WebhookHost.Incumbents + "?x=1", WebhookHost.IncumbentBody, WebhookHost.Token);

        Assert.Equal("dryrun", Assert.Single((await ours.ReadProblemAsync(400, ProblemTypes.InvalidField)).Errors!).Field);
        await incumbents.ReadSuccessAsync();
    }
}
