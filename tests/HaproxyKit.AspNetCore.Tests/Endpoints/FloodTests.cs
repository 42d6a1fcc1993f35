using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>
/// Bodies and connections that nobody needs must cost nothing: the incumbent grew to 1.2 GB under them.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class FloodTests
{
    private const long Huge = 64L * 1024 * 1024;

    [Theory]
    [InlineData(false, "wrong")]
    [InlineData(true, "wrong")]
    [InlineData(false, null)]
    [InlineData(true, WebhookHost.Token)]
    public async Task Bodies_of_64_MiB_are_413_before_they_are_read_whole_and_memory_stays_flat(bool isChunked, string? token)
    {
        await using var host = await WebhookHost.StartAsync();
        var before = Environment.WorkingSet;

        var floods = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => FloodAsync(host, isChunked, token)));

        var grown = Environment.WorkingSet - before;
        Assert.All(floods, flood => Assert.StartsWith("HTTP/1.1 413 ", flood.Answer));
        Assert.All(floods, flood => Assert.Contains(ProblemTypes.BodyTooLarge, flood.Answer));
        Assert.All(floods, flood => Assert.InRange(flood.Taken, 0, Huge / 4));
        Assert.InRange(grown, long.MinValue, 48L * 1024 * 1024);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task A_client_whose_long_body_was_refused_is_served_on_its_next_call()
    {
        await using var host = await WebhookHost.StartAsync();
        foreach (var length in new[] { PhoneHomeLimits.MaxBodyBytes + 1, 512 * 1024, 3 * 1024 * 1024 })
        {
            using var connection = await RawConnection.OpenAsync(host.Address);
            await connection.WriteAsync(
                $"PUT {WebhookHost.Ours} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
            var answer = connection.ReadToEndAsync();
            var taken = await connection.WriteBodyAsync(length, isChunked: false);
            var isReadAway = length < 1024 * 1024;
            if (isReadAway)
            {
                Assert.Equal(length, taken);
                await connection.WriteAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            }

            var text = await answer.WaitAsync(Eventually.DefaultTimeout);
            Assert.StartsWith("HTTP/1.1 405 ", text);
            Assert.Equal(isReadAway, text.Contains("HTTP/1.1 200 "));
            Assert.Equal(!isReadAway, text.Contains("Connection: close\r\n") && !text.Contains("HTTP/1.1 200 "));
        }
    }

    [Fact]
    public async Task Slow_headers_and_slow_bodies_are_ended_and_others_are_served_meanwhile_and_memory_stays_flat()
    {
        await using var host = await WebhookHost.StartAsync();
        using (var first = await host.PostOursAsync(WebhookHost.OurBody))
        {
            await first.ReadSuccessAsync();
        }

        var before = Environment.WorkingSet;
        var slow = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 500; i++)
            {
                var connection = await RawConnection.OpenAsync(host.Address);
                slow.Add(connection);
                await connection.WriteAsync(i % 2 == 0
                    ? $"POST {WebhookHost.Ours} HTTP/1.1\r\nHost: x\r\nX-Slow: "
                    : $"POST {WebhookHost.Ours} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{");
            }

            using var served = await host.PostOursAsync(WebhookHost.OurBody);
            await served.ReadSuccessAsync();
            Assert.InRange(Environment.WorkingSet - before, long.MinValue, 48L * 1024 * 1024);

            var ends = await Task.WhenAll(slow.Select(c => c.ReadToEndAsync())).WaitAsync(TimeSpan.FromSeconds(40));
            Assert.All(ends.Where((_, i) => i % 2 == 1), end => Assert.StartsWith("HTTP/1.1 408 ", end));
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<(string Answer, long Taken)> FloodAsync(WebhookHost host, bool isChunked, string? token)
    {
        using var connection = await RawConnection.OpenAsync(host.Address);
        await connection.WriteAsync(
            $"POST {WebhookHost.Ours} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Huge}\r\n\r\n"));
        var answer = connection.ReadToEndAsync();
        var taken = await connection.WriteBodyAsync(Huge, isChunked);
        return (await answer.WaitAsync(Eventually.DefaultTimeout), taken);
    }
}
