using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Endpoints;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>
/// Everything that was tried on the incumbent, sent to the webhook before a real HAProxy: refused with the status that is
/// due, HAProxy's file the same byte for byte, its worker the same, and no token in the log.
/// </summary>
public sealed class AttackRoadTests
{
    private const string OtherToken = "planted-token-of-another-owner";
    private const string Hook = "/hooks/update-haproxy";

    [Fact]
    public async Task Every_attack_on_the_incumbent_is_refused_and_changes_nothing()
    {
        await using var node = StandInNode.Start("A", "127.0.0.9");
        await using var balancer = await LoadBalancer.StartAsync(settings:
        [
            ("PhoneHome:Policy:FrontendPorts", "80,443,1024-65535"),
            ("PhoneHome:Policy:NodePorts", $"30000-32767,{node.Port}"),
            ("PhoneHome:Policy:NodeNetworks:0", "203.0.113.0/24"),
            ("PhoneHome:Policy:NodeNetworks:1", "127.0.0.9/32"),
            ("PhoneHome:Policy:FailuresPerMinute", "1000"),
            ("PhoneHome:Tokens:1:Id", "another"),
            ("PhoneHome:Tokens:1:Secret", OtherToken),
        ]);
        using var elsewhere = new TcpListener(System.Net.IPAddress.Any, 0);
        elsewhere.Start();
        var taken = ((System.Net.IPEndPoint)elsewhere.LocalEndpoint).Port;
        var port = Ports.Take();
        (await balancer.AddAsync(port, "127.0.0.9", node.Port, name: "victim")).Expect(200);
        var bytes = await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath);
        var pid = await balancer.WorkerPidAsync();
        var failures = new List<string>();

        foreach (var (what, status, send) in Attacks(port, balancer, taken, node.Port))
        {
            using var request = send();
            using var response = await balancer.Client.SendAsync(request);
            var now = await File.ReadAllBytesAsync(balancer.Haproxy.ConfigPath);
            var isSame = now.AsSpan().SequenceEqual(bytes);
            if ((int)response.StatusCode != status || !isSame)
            {
                failures.Add($"{what}: {(int)response.StatusCode} for {status}, file {(isSame ? "same" : "changed")}");
            }
        }

        Assert.Empty(failures);
        Assert.Equal(pid, await balancer.WorkerPidAsync());
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.DoesNotContain(balancer.Log.Lines, line => line.Contains(OtherToken, StringComparison.Ordinal));
    }

    private static IEnumerable<(string What, int Status, Func<HttpRequestMessage> Send)> Attacks(int victim, LoadBalancer balancer, int taken, int nodePort)
    {
        foreach (var row in IncumbentAttackTests.Values)
        {
            var (member, value, status) = row.Data;
            yield return ($"{member}={value}", status, () => Post(With(member, value)));
        }

        // Its delete took such values for names of files.
        foreach (var member in new[] { "frontend-port", "name" })
        {
            foreach (var value in new[] { "../../../victim.txt ", "../../../victim.txt", "x -rf DIR ", "*", "" })
            {
                yield return ($"delete {member}={value}", 400, () => Post(With(member, value, "delete")));
            }
        }

        foreach (var row in IncumbentAttackTests.Bodies)
        {
            yield return (row.Data.Item1, 400, () => Post(row.Data.Item1));
        }

        foreach (var member in new[] { "dst-ip", "frontend-port", "backend-port", "name" })
        {
            yield return ($"no {member}", 400, () => Post(Without(member)));
        }

        foreach (var token in new[] { null, "", "wrong", LoadBalancer.Token[..^1], LoadBalancer.Token + "x" })
        {
            yield return ($"token {token}", 401, () => Post(Body(victim, "127.0.0.9", nodePort).ToJsonString(), token));
        }

        foreach (var method in new[] { "GET", "PUT", "DELETE", "PATCH" })
        {
            yield return (method, 405, () => Post(Body(victim, "127.0.0.9", nodePort).ToJsonString(), method: method));
        }

        foreach (var type in new[] { "application/x-www-form-urlencoded", "text/plain", null })
        {
            yield return ($"type {type}", 415, () => Post(Body(victim, "127.0.0.9", nodePort).ToJsonString(), contentType: type));
        }

        yield return ("long name", 400, () => Post(With("name", new string('a', 3000))));
        yield return ("very long name", 413, () => Post(With("name", new string('a', 1_000_000))));
        yield return ("unknown hook", 404, () => Post(Body(victim, "127.0.0.9", nodePort).ToJsonString(), path: "/hooks/other"));
        foreach (var (what, port) in new[] { ("operator", balancer.OwnPort), ("webhook", balancer.Client.BaseAddress!.Port), ("program", taken) })
        {
            yield return ($"port of {what}", 409, () => Post(Body(port, "127.0.0.9", nodePort).ToJsonString()));
        }

        foreach (var action in new[] { "add", "delete" })
        {
            yield return ($"{action} of another owner", 409, () => Post(Body(victim, "127.0.0.9", nodePort, action).ToJsonString(), OtherToken));
            yield return ($"{action} of another name", 409, () => Post(Body(victim, "127.0.0.9", nodePort, action, "intruder").ToJsonString()));
        }
    }

    private static string With(string member, string value, string action = "add")
    {
        var body = Body(8443, "203.0.113.7", 30443, action);
        body[member] = value;
        return body.ToJsonString();
    }

    private static string Without(string member)
    {
        var body = Body(8443, "203.0.113.7", 30443);
        body.Remove(member);
        return body.ToJsonString();
    }

    private static JsonObject Body(int port, string address, int nodePort, string action = "add", string name = "victim") => new()
    {
        ["dst-ip"] = address,
        ["frontend-port"] = $"{port}",
        ["backend-port"] = $"{nodePort}",
        ["action"] = action,
        ["name"] = name,
        ["send-proxy"] = "",
    };

    private static HttpRequestMessage Post(
        string body, string? token = LoadBalancer.Token, string method = "POST", string? contentType = "application/json", string path = Hook)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = contentType is null ? null : new(contentType);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Funkypenguin-Token", token);
        }

        return request;
    }
}
