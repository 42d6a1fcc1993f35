using System.Globalization;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Writes answers.</summary>
internal static class AnswerWriter
{
    private const string JsonType = "application/json";

    internal static Task WriteAsync(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } retryAfter)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"haproxykit\"";
        }

        return answer.Problem is { } problem ? WriteAsync(
                response,
                PhoneHomeProblem.MediaType,
                JsonSerializer.SerializeToUtf8Bytes(problem, PhoneHomeJsonContext.Default.PhoneHomeProblem))
            : answer.Plan is { } plan ? WriteAsync(
                response,
                JsonType,
                JsonSerializer.SerializeToUtf8Bytes(plan, EndpointJsonContext.Default.PlanEntry))
            : WriteAsync(
                response,
                JsonType,
                JsonSerializer.SerializeToUtf8Bytes(answer.Success!, PhoneHomeJsonContext.Default.PhoneHomeAnswer));
    }

    internal static Task WriteAsync(HttpResponse response, IReadOnlyList<MappingEntry> mappings) => WriteAsync(
        response,
        JsonType,
        JsonSerializer.SerializeToUtf8Bytes(mappings, EndpointJsonContext.Default.IReadOnlyListMappingEntry));

    internal static Task WriteAsync(HttpResponse response, MappingEntry mapping) => WriteAsync(
        response, JsonType, JsonSerializer.SerializeToUtf8Bytes(mapping, EndpointJsonContext.Default.MappingEntry));

    internal static Task WriteAsync(HttpResponse response, ReadinessEntry readiness)
    {
        response.StatusCode = readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(
            response, JsonType, JsonSerializer.SerializeToUtf8Bytes(readiness, EndpointJsonContext.Default.ReadinessEntry));
    }

    internal static Task WriteAsync(HttpResponse response, byte[] json) => WriteAsync(response, JsonType, json);

    private static Task WriteAsync(HttpResponse response, string contentType, byte[] body)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(body, response.HttpContext.RequestAborted).AsTask();
    }
}
