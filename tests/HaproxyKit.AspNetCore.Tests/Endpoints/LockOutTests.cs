using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>Failures slow down failures by their source, and never a valid token (rule 22).</summary>
public sealed class LockOutTests
{
    private const int Borne = 10;

    [Fact]
    public async Task Many_wrong_tokens_are_429_and_a_valid_one_from_the_same_address_is_taken_all_the_while()
    {
        await using var host = await WebhookHost.StartAsync();
        for (var i = 0; i < Borne; i++)
        {
            Assert.Equal(401, await CallAsync(host, "wrong"));
        }

        for (var i = 0; i < Borne; i++)
        {
            using var slowed = await host.PostOursAsync(WebhookHost.OurBody, "wrong");
            await slowed.ReadProblemAsync(429, ProblemTypes.TooManyFailures);
            Assert.InRange(slowed.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            Assert.Equal(200, await CallAsync(host, WebhookHost.Token));
        }

        Assert.Equal(Borne, host.Log.Lines.Count(line => line.Contains("Refused with 401", StringComparison.Ordinal)));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("Refused with 429", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_rightmost_hop_counts_and_what_callers_write_does_not()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:TrustedProxies:0", "127.0.0.0/8"));
        for (var i = 0; i < Borne; i++)
        {
            Assert.Equal(401, await CallAsync(host, "wrong", $"198.51.100.{i}, 192.0.2.1"));
        }

        Assert.Equal(429, await CallAsync(host, "wrong", "198.51.100.99, 192.0.2.1"));
        Assert.Equal(401, await CallAsync(host, "wrong", "192.0.2.1, 192.0.2.2"));
        Assert.Equal(200, await CallAsync(host, WebhookHost.Token, "192.0.2.1"));
    }

    [Fact]
    public async Task Where_no_proxy_is_trusted_the_header_hides_nobody()
    {
        await using var host = await WebhookHost.StartAsync();
        for (var i = 0; i < Borne; i++)
        {
            Assert.Equal(401, await CallAsync(host, "wrong", $"198.51.100.{i}"));
        }

        Assert.Equal(429, await CallAsync(host, "wrong", "198.51.100.99"));
    }

    [Fact]
    public async Task A_valid_token_in_a_wrong_way_is_told_so_and_does_not_count()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:RequireSignature", "true"));
        for (var i = 0; i < 3 * Borne; i++)
        {
            using var response = await host.PostOursAsync(WebhookHost.OurBody);
            var problem = await response.ReadProblemAsync(401, ProblemTypes.Unauthorized);
            Assert.Equal("this token is taken in signed calls alone", problem.Detail);
        }

        Assert.Equal(401, await CallAsync(host, "wrong"));
    }

    [Fact]
    public async Task Listing_with_a_wrong_token_counts_too()
    {
        await using var host = await WebhookHost.StartAsync();
        for (var i = 0; i < Borne; i++)
        {
            using var response = await host.Client.GetAsync(new Uri("/v1/mappings", UriKind.Relative));
            Assert.Equal(401, (int)response.StatusCode);
        }

        Assert.Equal(429, await CallAsync(host, "wrong"));
    }

    private static async Task<int> CallAsync(WebhookHost host, string token, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours) { Content = WebhookHost.Json(WebhookHost.OurBody) };
        WebhookHost.Present(request, token, asIncumbent: false);
        if (forwardedFor is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        }

        using var response = await host.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
