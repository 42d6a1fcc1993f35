using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>
/// What was tried on the incumbent, with a valid token and an answer of 200 each time: here each call is refused, the
/// field is
/// named, and nothing reaches the reconciler.
/// </summary>
public sealed class IncumbentAttackTests
{
    /// <summary>A member of the valid request, what it is set to, and the refusal.</summary>
    public static TheoryData<string, string, int> Values { get; } = new()
    {
        { "frontend-port", "", 400 },
        { "frontend-port", "../../x", 400 },
        { "frontend-port", "../../../victim.txt ", 400 },
        { "frontend-port", "x -rf DIR ", 400 },
        { "frontend-port", "*", 400 },
        { "frontend-port", "08443", 400 },
        { "frontend-port", "08444", 400 },
        { "frontend-port", "8443#", 400 },
        { "frontend-port", "8444#", 400 },
        { "frontend-port", "0", 400 },
        { "frontend-port", "-1", 400 },
        { "frontend-port", "+7001", 400 },
        { "frontend-port", "70000", 400 },
        { "frontend-port", "99999999999", 400 },
        { "frontend-port", "abc", 400 },
        { "frontend-port", "7001,:7002", 400 },
        { "frontend-port", "7000-7010", 400 },
        { "frontend-port", "10000-10999", 400 },
        { "frontend-port", "7e3", 400 },
        { "frontend-port", "7001.5", 400 },
        { "frontend-port", "8443 ", 400 },
        { "frontend-port", " 8443", 400 },
        { "frontend-port", "a b", 400 },
        { "frontend-port", "7001 accept-proxy", 400 },
        { "frontend-port", "٨٤٤٣", 400 },
        { "frontend-port", "22", 403 },
        { "backend-port", "", 400 },
        { "backend-port", "abc", 400 },
        { "backend-port", "30843\n    server s2 127.0.0.6:30844", 400 },
        { "backend-port", "30843 check", 400 },
        { "backend-port", "0", 400 },
        { "backend-port", "22", 403 },
        { "dst-ip", "", 400 },
        { "dst-ip", "203.0.113.7\nfrontend f\n    bind *:6666", 400 },
        { "dst-ip", "203.0.113.7\nglobal\n    stats socket ipv4@*:9999 level admin", 400 },
        { "dst-ip", "203.0.113.7\nprogram p\n    command id", 400 },
        { "dst-ip", "203.0.113.7\nglobal\n    lua-load /tmp/x.lua", 400 },
        { "dst-ip", "127.0.0.5:30844 #", 400 },
        { "dst-ip", "127.0.0.5 check\n server s2", 400 },
        { "dst-ip", "127.0.0.5 ", 400 },
        { "dst-ip", "no-such-host.invalid", 400 },
        { "dst-ip", "localhost", 400 },
        { "dst-ip", "[::1]", 400 },
        { "dst-ip", "127.2", 400 },
        { "dst-ip", "2130706434", 400 },
        { "dst-ip", "/x.sock", 400 },
        { "dst-ip", "999.1.1.1", 400 },
        { "dst-ip", "fd@3", 400 },
        { "dst-ip", "::1", 403 },
        { "dst-ip", "127.0.0.1", 403 },
        { "dst-ip", "169.254.169.254", 403 },
        { "dst-ip", "0.0.0.0", 403 },
        { "dst-ip", "::", 403 },
        { "dst-ip", "224.0.0.1", 403 },
        { "dst-ip", "ff02::1", 403 },
        { "dst-ip", "255.255.255.255", 403 },
        { "dst-ip", "::ffff:127.0.0.2", 403 },
        { "dst-ip", "64:ff9b::7f00:2", 403 },
        { "dst-ip", "2002:7f00:2::", 403 },
        { "dst-ip", "198.51.100.1", 403 },
        { "name", "", 400 },
        { "name", "a;b", 400 },
        { "name", "$(id)", 400 },
        { "name", "`id`", 400 },
        { "name", "a\r", 400 },
        { "name", "häproxy", 400 },
        { "name", "a\0b", 400 },
        { "name", "a\nfrontend f\n    bind *:6666", 400 },
        { "name", "a\nglobal\n    maxconn 1", 400 },
        { "name", "a:8443\n### << Used to run a", 400 },
        { "action", "", 400 },
        { "action", "Add", 400 },
        { "action", "remove", 400 },
        { "send-proxy", "send-proxy check\n server s2", 400 },
    };

    /// <summary>Whole bodies, and the fields that the refusal names.</summary>
    public static TheoryData<string, string[]> Bodies { get; } = new()
    {
        { "", [""] },
        { "null", [""] },
        { "[]", [""] },
        { "not JSON", [""] },
        { "frontend-port=8443&backend-port=30443", [""] },
        { "{}", ["dst-ip", "frontend-port", "backend-port", "action", "name"] },
        { """{"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","name":"a"}""", ["action"] },
        { """{"dst-ip":"203.0.113.7","frontend-port":8443,"backend-port":30443,"action":"add","name":"a"}""", ["frontend-port", "backend-port"] },
        { """{"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","action":"add","name":{"a":1}}""", ["name"] },
        { """{"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","action":"add","name":null}""", ["name"] },
        {
            """{"dst-ip":"203.0.113.7","frontend-port":"8443","backend-port":"30443","action":"add","name":"a","frontend-port":"22"}""",
            ["frontend-port"]
        },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_that_hurt_the_incumbent_is_refused_at_its_field(string member, string value, int status)
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:FrontendPorts", "80,443,1024-65535"));
        var body = JsonNode.Parse(WebhookHost.IncumbentBody)!;
        body[member] = value;

        using var response = await host.PostIncumbentsAsync(body.ToJsonString());

        var problem = await response.ReadProblemAsync(status, status == 400 ? ProblemTypes.InvalidField : ProblemTypes.Forbidden);
        Assert.Equal(member, Assert.Single(problem.Errors!).Field);
        Assert.Empty(host.PhoneHome.Commands);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("6666") || line.Contains("stats socket"));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_the_incumbent_took_is_refused(string body, string[] fields)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostIncumbentsAsync(body);

        var problem = await response.ReadProblemAsync(400, ProblemTypes.InvalidField);
        Assert.Equal(fields, problem.Errors?.Select(error => error.Field));
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData(3_000, 400)]
    [InlineData(1_000_000, 413)]
    public async Task A_long_name_is_refused(int length, int status)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostIncumbentsAsync(WebhookHost.IncumbentBody.Replace("traefik", new string('a', length)));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task Values_that_are_refused_in_the_incumbents_format_are_refused_in_ours()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:FrontendPorts", "80,443,1024-65535"));
        var ours = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["frontend-port"] = "frontendPort",
            ["backend-port"] = "nodePort",
            ["dst-ip"] = "address",
            ["name"] = "name",
            ["action"] = "action",
            ["send-proxy"] = "sendProxy",
        };
        foreach (var row in Values)
        {
            var (member, value, _) = row.Data;
            var body = JsonNode.Parse(WebhookHost.OurBody)!;
            // Where the attack is a number, ours takes it as one; every other spelling can only come as a string.
            body[ours[member]] = int.TryParse(value, NumberStyles.AllowLeadingSign, null, out var number) && $"{number}" == value
                ? number
                : value;

            using var response = await host.PostOursAsync(body.ToJsonString());

            Assert.True((int)response.StatusCode is 400 or 403, $"{member} {value}: {response.StatusCode}");
            var problem = JsonSerializer.Deserialize(
                await response.Content.ReadAsByteArrayAsync(), PhoneHomeJsonContext.Default.PhoneHomeProblem);
            Assert.Equal(ours[member], Assert.Single(problem!.Errors!).Field);
        }

        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task Form_bodies_and_missing_content_types_are_415()
    {
        await using var host = await WebhookHost.StartAsync();
        foreach (var type in new[] { "application/x-www-form-urlencoded", "text/plain", null })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(WebhookHost.IncumbentBody));
            content.Headers.ContentType = type is null ? null : new(type);
            using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Incumbents) { Content = content };
            WebhookHost.Present(request, WebhookHost.Token, asIncumbent: true);

            using var response = await host.Client.SendAsync(request);

            await response.ReadProblemAsync(415, ProblemTypes.UnsupportedMediaType);
        }

        Assert.Empty(host.PhoneHome.Commands);
    }
}
