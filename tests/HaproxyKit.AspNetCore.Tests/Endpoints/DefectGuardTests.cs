using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>No caller gets an empty 500: a defect of ours is logged, and answered with a problem.</summary>
public sealed class DefectGuardTests
{
    [Theory]
    [InlineData("/v1/phone-home", false)]
    [InlineData("/v1/phone-home", true)]
    [InlineData("/v1/phone-home?dry-run=true", true)]
    [InlineData("/hooks/update-haproxy", true)]
    public async Task Call_that_meets_a_defect_is_500_with_a_problem_and_the_log_tells_which(string path, bool isLater)
    {
        await using var host = await WebhookHost.StartAsync();
        var defect = new InvalidOperationException("planted");
        host.PhoneHome.Script = _ => isLater ? Task.FromException<MappingOutcome>(defect) : throw defect;
        host.PhoneHome.PlanScript = (_, _) => Task.FromException<MappingPlan>(defect);

        using var response = path == WebhookHost.Incumbents
            ? await host.PostIncumbentsAsync(WebhookHost.IncumbentBody)
            : await host.SendAsync(HttpMethod.Post, path, body: WebhookHost.OurBody);

        var problem = await response.ReadProblemAsync(500, ProblemTypes.InternalError);
        Assert.DoesNotContain("planted", problem.Detail);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("planted", StringComparison.Ordinal));

        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Served { Change = MappingChange.Created, Revision = "r" });
        using var next = await host.PostOursAsync(WebhookHost.OurBody);
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Fact]
    public async Task Reading_that_meets_a_defect_is_500_with_a_problem()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Mappings = null!;
        foreach (var path in new[] { "/v1/mappings", "/v1/mappings/8443" })
        {
            using var response = await host.SendAsync(HttpMethod.Get, path);
            await response.ReadProblemAsync(500, ProblemTypes.InternalError);
        }
    }
}
