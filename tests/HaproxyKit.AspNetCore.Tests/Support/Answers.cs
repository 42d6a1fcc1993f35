using System.Net;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>Reads answers as a client would.</summary>
internal static class Answers
{
    internal static async Task<PhoneHomeProblem> ReadProblemAsync(this HttpResponseMessage response, int status, string type)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(body, PhoneHomeJsonContext.Default.PhoneHomeProblem);
        Assert.NotNull(problem);
        Assert.Equal(status, problem.Status);
        Assert.Equal(type, problem.Type);
        Assert.NotEmpty(problem.Title);
        return problem;
    }

    internal static async Task<PhoneHomeAnswer> ReadSuccessAsync(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var answer = JsonSerializer.Deserialize(body, PhoneHomeJsonContext.Default.PhoneHomeAnswer);
        Assert.NotNull(answer);
        return answer;
    }
}
