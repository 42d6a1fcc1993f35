using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>The document describes what is there: every route, every method, every status, and nothing else.</summary>
public sealed class OpenApiTests
{
    private const string DocumentPath = "/openapi/v1.json";

    private static readonly (string Method, string Path)[] Changes =
        [("post", WebhookHost.Ours), ("delete", WebhookHost.Ours), ("post", WebhookHost.Incumbents)];

    private static readonly string[] Readings = ["/v1/mappings", "/v1/mappings/8443", "/v1/events"];

    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);

    [Fact]
    public async Task Document_has_every_route_and_its_references_lead_somewhere()
    {
        await using var host = await WebhookHost.StartAsync();

        var document = await ReadAsync(host);

        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null).Select(route => route.RoutePattern.RawText);
        Assert.Equal(routes.Order(), document["paths"]!.AsObject().Select(path => path.Key).Order());
        Assert.All(ReferencesIn(document), reference => Assert.NotNull(
            reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, part) => node?[part])));
    }

    [Fact]
    public async Task Every_status_in_the_document_is_answered_by_some_call_and_every_answer_is_in_it()
    {
        await using (var host = await WebhookHost.StartAsync(
            ("PhoneHome:Policy:FrontendPorts", "443,8443"), ("PhoneHome:Tokens:1:Actions", "add,delete")))
        {
            await SeeChangesAsync(host);
            await SeeReadingsAsync(host);
        }

        await using (var host = await WebhookHost.StartAsync(("PhoneHome:Policy:FailuresPerMinute", "1")))
        {
            await SeeLockOutAsync(host);
        }

        await using var last = await WebhookHost.StartAsync();
        var document = await ReadAsync(last);
        var told = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().SelectMany(
            operation => operation.Value!["responses"]!.AsObject().Select(response => $"{operation.Key} {path.Key} {response.Key}")));
        Assert.Equal(told.Order(StringComparer.Ordinal), _seen);
    }

    /// <summary>Each schema of a call and the judge of calls say the same of each member.</summary>
    [Fact]
    public async Task Members_of_a_call_and_their_bounds_are_those_that_calls_are_judged_by()
    {
        await using var host = await WebhookHost.StartAsync();
        var schemas = (await ReadAsync(host))["components"]!["schemas"]!;

        AssertMembers(schemas["Request"]!, typeof(PhoneHomeRequest), (name, value) => $$"""{"{{name}}":{{value}}}""", "");
        AssertMembers(schemas["Check"]!, typeof(PhoneHomeCheck), (name, value) => $$$"""{"check":{"{{{name}}}":{{{value}}}}}""", "check.");
    }

    private static void AssertMembers(JsonNode schema, Type type, Func<string, string, string> write, string prefix)
    {
        var members = schema["properties"]!.AsObject();
        Assert.Equal(type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(), members.Select(member => member.Key).Order());
        Assert.True(IsRefused(write("other", "1"), prefix + "other") && !(bool)schema["additionalProperties"]!);
        foreach (var (name, member) in members)
        {
            var rules = member!;
            foreach (var (value, isTaken) in Samples(rules))
            {
                Assert.True(IsRefused(write(name, value), prefix + name) != isTaken, $"{prefix}{name} with {value}");
            }
        }
    }

    /// <summary>Values on both sides of each bound of a schema.</summary>
    private static IEnumerable<(string Value, bool IsTaken)> Samples(JsonNode rules)
    {
        foreach (var word in rules["enum"]?.AsArray() ?? [])
        {
            yield return (word!.ToJsonString(), true);
        }

        if (rules["enum"] is not null)
        {
            yield return ("\"neither\"", false);
            yield return ("1", false);
        }

        if (rules["minimum"] is { } least)
        {
            yield return ($"{(int)least}", true);
            yield return ($"{(int)least - 1}", false);
            yield return ($"\"{(int)least}\"", false);
        }

        if (rules["maximum"] is { } most)
        {
            yield return ($"{(int)most}", true);
            yield return ($"{(int)most + 1}", false);
        }

        if (rules["maxLength"] is { } length)
        {
            var start = rules["pattern"] is null ? "a" : "/";
            yield return ($"\"{start.PadRight((int)length, 'a')}\"", true);
            yield return ($"\"{start.PadRight((int)length + 1, 'a')}\"", false);
        }

        if ((string?)rules["type"] == "string" || rules["oneOf"] is not null)
        {
            yield return ("{}", false);
            yield return ("true", false);
        }

        foreach (Match time in Regex.Matches(rules["oneOf"] is null ? "" : (string)rules["description"]!, "(?<low>[0-9]+(ms|s)?) to (?<high>[0-9]+[hd])"))
        {
            yield return ($"\"{time.Groups["low"].Value}\"", true);
            yield return ($"\"{time.Groups["high"].Value}\"", true);
            yield return ($"\"{time.Groups["high"].Value.Insert(1, "0")}\"", false);
            yield return ("-1", false);
            yield return ("\"1ms\"", time.Groups["low"].Value == "0");
        }
    }

    private static bool IsRefused(string body, string field)
    {
        var origin = new PhoneHome.Contract.CallOrigin { Owner = "o", Address = IPAddress.Loopback };
        return MappingValidator.Validate(System.Text.Encoding.UTF8.GetBytes(body), RequestFormat.PhoneHome, origin).Problems.Any(problem => problem.Field == field);
    }

    private async Task SeeChangesAsync(WebhookHost host)
    {
        MappingOutcome[] outcomes =
        [
            new MappingOutcome.Served { Change = MappingChange.Unchanged, Revision = "r" },
            new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "m" },
            new MappingOutcome.Refused { Diagnostics = [] },
            new MappingOutcome.Busy { RetryAfter = TimeSpan.FromSeconds(1) },
            new MappingOutcome.Unreachable { Message = "m" },
        ];
        foreach (var (method, path) in Changes)
        {
            var body = path == WebhookHost.Incumbents ? WebhookHost.IncumbentBody : WebhookHost.OurBody;
            foreach (var outcome in outcomes)
            {
                host.PhoneHome.Script = _ => Task.FromResult(outcome);
                await SeeAsync(host, method, path, body: body);
            }

            await SeeAsync(host, method, path, body: "{}");
            await SeeAsync(host, method, path, body: body, token: "wrong");
            await SeeAsync(host, method, path, body: body.Replace("8443", "80"));
            await SeeAsync(host, method, path, body: body.PadRight(PhoneHomeLimits.MaxBodyBytes + 1));
            await SeeAsync(host, method, path, body: body, contentType: "text/plain");
        }

        await Task.WhenAll(Changes.Select(change => SeeSlowBodyAsync(host, change.Method, change.Path)));
    }

    private async Task SeeReadingsAsync(WebhookHost host)
    {
        host.PhoneHome.Mappings =
            [new MappingStatus { Name = "a", FrontendPort = 8443, Owner = "cluster-a", Nodes = [new NodeStatus { Address = IPAddress.Loopback, Port = 1 }] }];
        foreach (var path in Readings)
        {
            await SeeAsync(host, "get", path);
            await SeeAsync(host, "get", path, token: WebhookHost.OtherToken);
            await SeeAsync(host, "get", path, token: null);
        }

        await SeeAsync(host, "get", "/v1/mappings/1");
        await SeeAsync(host, "get", "/v1/events", lastEventId: "x");
        await SeeAsync(host, "get", "/healthz", token: null);
        await SeeAsync(host, "get", DocumentPath, token: null);
        await SeeAsync(host, "get", "/readyz", token: null);
        await SeeAsync(host, "get", "/readyz", token: "wrong");
        host.PhoneHome.HasAdopted = false;
        await SeeAsync(host, "get", "/readyz", token: null);
    }

    private async Task SeeLockOutAsync(WebhookHost host)
    {
        for (var i = 0; i < 3; i++)
        {
            using var stranger = await host.SendAsync(HttpMethod.Get, "/v1/mappings", token: "wrong");
        }

        foreach (var path in Readings.Append("/readyz"))
        {
            await SeeAsync(host, "get", path, token: "wrong");
        }
    }

    private async Task SeeAsync(
        WebhookHost host, string method, string path, string? token = WebhookHost.Token, string? body = null, string? contentType = null, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path) { Content = body is null ? null : WebhookHost.Json(body) };
        if (contentType is not null)
        {
            request.Content!.Headers.ContentType = new(contentType);
        }

        if (token is not null)
        {
            WebhookHost.Present(request, token, asIncumbent: false);
        }

        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        See(method, path, (int)response.StatusCode);
    }

    private async Task SeeSlowBodyAsync(WebhookHost host, string method, string path)
    {
        using var connection = await RawConnection.OpenAsync(host.Address);
        await connection.WriteAsync(
            $"{method.ToUpperInvariant()} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{");
        var answer = await connection.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(40));
        See(method, path, int.Parse(answer.Split(' ')[1], null));
    }

    private void See(string method, string path, int status)
    {
        lock (_seen)
        {
            _seen.Add($"{method} {(path.StartsWith("/v1/mappings/", StringComparison.Ordinal) ? "/v1/mappings/{port}" : path)} {status}");
        }
    }

    private static async Task<JsonObject> ReadAsync(WebhookHost host)
    {
        using var response = await host.SendAsync(HttpMethod.Get, DocumentPath, token: null);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : ReferencesIn(member.Value)),
        JsonArray found => found.SelectMany(ReferencesIn),
        _ => [],
    };
}
