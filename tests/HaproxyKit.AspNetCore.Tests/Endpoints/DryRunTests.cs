using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class DryRunTests
{
    private const string Query = "?dry-run=true";

    [Theory]
    [InlineData(WebhookHost.Ours)]
    [InlineData(WebhookHost.Incumbents)]
    public async Task Dry_run_is_answered_with_the_plan_and_asks_for_nothing(string path)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostAsync(path + Query, path == WebhookHost.Ours ? WebhookHost.OurBody : WebhookHost.IncumbentBody, WebhookHost.Token);

        Assert.Equal(200, (int)response.StatusCode);
        var plan = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((bool)plan["dryRun"]!);
        Assert.True((bool)plan["reload"]!);
        Assert.Equal("created", (string?)plan["outcome"]);
        Assert.Equal("reload", (string?)plan["steps"]![0]);
        Assert.Equal(2, (int)plan["stepsForOthers"]!);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Theory]
    [InlineData("?dry-run=yes")]
    [InlineData("?dry-run=True")]
    [InlineData("?dry-run")]
    [InlineData("?dry-run=true&dry-run=false")]
    public async Task A_dry_run_that_is_not_clearly_one_is_400_and_nothing_is_done(string query)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostAsync(WebhookHost.Ours + query, WebhookHost.OurBody, WebhookHost.Token);

        Assert.Equal("dry-run", Assert.Single((await response.ReadProblemAsync(400, ProblemTypes.InvalidField)).Errors!).Field);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task What_would_be_refused_is_refused_in_the_dry_run_alike()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:MaxMappings", "0"));
        host.PhoneHome.PlanScript = (_, _) => Task.FromResult(
            new MappingPlan { Refusal = new MappingOutcome.Conflict { Reason = ConflictReason.AnotherName, Message = "taken" } });

        using var quota = await host.PostAsync(WebhookHost.Ours + Query, WebhookHost.OurBody, WebhookHost.Token);
        using var conflict = await host.PostAsync(WebhookHost.Ours + Query, WebhookHost.OurBody, WebhookHost.OtherToken);
        using var stranger = await host.PostAsync(WebhookHost.Ours + Query, WebhookHost.OurBody, "wrong");

        await quota.ReadProblemAsync(429, ProblemTypes.QuotaExceeded);
        await conflict.ReadProblemAsync(409, ProblemTypes.Conflict);
        await stranger.ReadProblemAsync(401, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task Dry_runs_use_up_no_quota()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Tokens:0:NewFrontendsPerHour", "1"));
        for (var i = 0; i < 3; i++)
        {
            using var plan = await host.PostAsync(WebhookHost.Ours + Query, WebhookHost.OurBody.Replace("8443", $"{9000 + i}"), WebhookHost.Token);
            Assert.Equal(200, (int)plan.StatusCode);
        }

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        await response.ReadSuccessAsync();
    }

    [Fact]
    public async Task A_plan_that_takes_too_long_is_503_and_more_than_a_few_at_once_are_429()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:AnswerTimeout", "00:00:02"));
        host.PhoneHome.PlanScript = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new MappingPlan();
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            async _ => { using var response = await host.PostAsync(WebhookHost.Ours + Query, WebhookHost.OurBody, WebhookHost.Token); return (int)response.StatusCode; }));

        Assert.Equal([429, 429, 503, 503], answers.Order());
    }
}
