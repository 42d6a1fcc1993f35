using System.Net.Http.Headers;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>What is refused before a command exists, and in which order (rule 19).</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("BREW")]
    public async Task Another_method_is_405_and_names_the_right_one(string method)
    {
        await using var host = await WebhookHost.StartAsync();
        foreach (var path in new[] { WebhookHost.Ours, WebhookHost.Incumbents })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = WebhookHost.Json(WebhookHost.OurBody),
            };
            WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

            using var response = await host.Client.SendAsync(request);

            await response.ReadProblemAsync(405, ProblemTypes.MethodNotAllowed);
            Assert.Equal(path == WebhookHost.Ours ? ["POST", "DELETE"] : ["POST"], response.Content.Headers.Allow);
        }

        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/phone-home/more")]
    [InlineData("GET", "/v1/mappings/8443/nodes.json")]
    [InlineData("GET", "/v1")]
    public async Task A_path_at_which_there_is_nothing_is_404_with_a_problem(string method, string path)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), path, token: null, method == "GET" ? null : WebhookHost.OurBody);

        Assert.Equal("there is nothing at this path", (await response.ReadProblemAsync(404, ProblemTypes.NotFound)).Detail);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json, text/plain")]
    [InlineData("nonsense")]
    public async Task Another_content_type_is_415(string? contentType)
    {
        await using var host = await WebhookHost.StartAsync();
        using var content = WebhookHost.Json(WebhookHost.OurBody);
        content.Headers.ContentType = null;
        if (contentType is not null)
        {
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours) { Content = content };
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

        using var response = await host.Client.SendAsync(request);

        await response.ReadProblemAsync(415, ProblemTypes.UnsupportedMediaType);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; Charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task JSON_in_UTF8_is_taken(string contentType)
    {
        await using var host = await WebhookHost.StartAsync();
        using var content = WebhookHost.Json(WebhookHost.OurBody);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours) { Content = content };
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

        using var response = await host.Client.SendAsync(request);

        await response.ReadSuccessAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_16_KiB_is_413_and_one_of_16_KiB_is_not(bool isChunked)
    {
        await using var host = await WebhookHost.StartAsync();

        Assert.Equal(200, await PostAsync(PhoneHomeLimits.MaxBodyBytes));
        Assert.Equal(413, await PostAsync(PhoneHomeLimits.MaxBodyBytes + 1));
        Assert.Single(host.PhoneHome.Commands);

        async Task<int> PostAsync(int length)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours)
            {
                Content = WebhookHost.Json(WebhookHost.OurBody.PadRight(length)),
            };
            request.Headers.TransferEncodingChunked = isChunked;
            WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);
            using var response = await host.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("planted-token-of-cluster-")]
    [InlineData("planted-token-of-cluster-aa")]
    [InlineData("Planted-token-of-cluster-a")]
    public async Task A_token_that_is_not_known_is_401(string? token)
    {
        await using var host = await WebhookHost.StartAsync();

        using var ours = await host.PostOursAsync(WebhookHost.OurBody, token);
        using var incumbents = await host.PostIncumbentsAsync(WebhookHost.IncumbentBody, token);

        await ours.ReadProblemAsync(401, ProblemTypes.Unauthorized);
        await incumbents.ReadProblemAsync(401, ProblemTypes.Unauthorized);
        Assert.Equal("Bearer", Assert.Single(ours.Headers.WwwAuthenticate).Scheme);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData("Authorization", "Basic planted-token-of-cluster-a")]
    [InlineData("Authorization", "planted-token-of-cluster-a")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer planted-token-of-cluster-a, Bearer x")]
    [InlineData("X-Funkypenguin-Token", "Bearer planted-token-of-cluster-a")]
    [InlineData("X-Funkypenguin-Token", "planted-token-of-cluster-a, x")]
    [InlineData("Cookie", "token=planted-token-of-cluster-a")]
    public async Task A_token_in_another_place_is_401(string header, string value)
    {
        await using var host = await WebhookHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours)
        {
            Content = WebhookHost.Json(WebhookHost.OurBody),
        };
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));

        using var response = await host.Client.SendAsync(request);

        await response.ReadProblemAsync(401, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_token_is_not_helped_by_a_right_one_in_the_other_header()
    {
        await using var host = await WebhookHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours)
        {
            Content = WebhookHost.Json(WebhookHost.OurBody),
        };
        WebhookHost.Present(request, "wrong", asIncumbent: false);
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: true);

        using var response = await host.Client.SendAsync(request);

        await response.ReadProblemAsync(401, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task Refusals_come_in_the_order_405_415_413_401_400_403_409()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:FrontendPorts", "443"));
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(
            new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "taken" });
        const string Malformed = """{"name":"a","frontendPort":22,"nodePort":30443,"address":"localhost"}""";
        const string Forbidden = """{"name":"a","frontendPort":22,"nodePort":30443,"address":"203.0.113.7"}""";
        const string Taken = """{"name":"a","frontendPort":443,"nodePort":30443,"address":"203.0.113.7"}""";
        var tooLong = Malformed.PadRight(PhoneHomeLimits.MaxBodyBytes + 1);

        Assert.Equal(405, await SendAsync("PUT", "text/plain", tooLong, "wrong"));
        Assert.Equal(415, await SendAsync("POST", "text/plain", tooLong, "wrong"));
        Assert.Equal(413, await SendAsync("POST", "application/json", tooLong, "wrong"));
        Assert.Equal(401, await SendAsync("POST", "application/json", Malformed, "wrong"));
        Assert.Equal(401, await SendAsync("POST", "application/json", "{", "wrong"));
        Assert.Equal(400, await SendAsync("POST", "application/json", Malformed, WebhookHost.Token));
        Assert.Equal(403, await SendAsync("POST", "application/json", Forbidden, WebhookHost.Token));
        Assert.Empty(host.PhoneHome.Commands);
        Assert.Equal(409, await SendAsync("POST", "application/json", Taken, WebhookHost.Token));

        async Task<int> SendAsync(string method, string contentType, string body, string token)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), WebhookHost.Ours)
            {
                Content = WebhookHost.Json(body),
            };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            WebhookHost.Present(request, token, asIncumbent: false);
            using var response = await host.Client.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Every_wrong_field_is_in_the_answer()
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostOursAsync(
            """{"name":"a b","frontendPort":"8443","nodePort":70000,"address":"localhost","lease":1,"x":1}""");

        var problem = await response.ReadProblemAsync(400, ProblemTypes.InvalidField);
        Assert.Equal(["name", "frontendPort", "nodePort", "address", "lease", "x"], problem.Errors?.Select(e => e.Field));
    }

    [Fact]
    public async Task Everything_that_policy_forbids_is_in_the_answer()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:FrontendPorts", "443"));

        using var response = await host.PostIncumbentsAsync(
            WebhookHost.IncumbentBody.Replace("30443", "22").Replace("203.0.113.7", "127.0.0.1"));

        var problem = await response.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Equal(["frontend-port", "backend-port", "dst-ip"], problem.Errors?.Select(e => e.Field));
    }

    [Fact]
    public async Task An_unknown_path_is_404()
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostAsync("/hooks/other", WebhookHost.IncumbentBody, WebhookHost.Token);

        Assert.Equal(404, (int)response.StatusCode);
    }
}
