using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Reads calls for a change, or refuses them with 405, 415, 413, or 408 and 400 where the body does not arrive.</summary>
internal static class CallReader
{
    internal static async ValueTask<(CallRequest? Request, Answer? Refusal)> ReadAsync(HttpContext context, RequestFormat format)
    {
        var refusal = format == RequestFormat.PhoneHome
            ? RefusalWriter.RefuseMethod(context, HttpMethods.Post, HttpMethods.Delete)
            : RefusalWriter.RefuseMethod(context, HttpMethods.Post);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var isDelete = HttpMethods.IsDelete(context.Request.Method);
        var hasBody = !isDelete || context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;
        IReadOnlyList<FieldProblem> problems = [];
        var isDryRun = context.Request.QueryString.HasValue && ReadQuery(context.Request.Query, format, hasBody, out problems);
        if (!hasBody)
        {
            var said = CallQuery.ToJson(context.Request.Query);
            return (new CallRequest(ReadOnlyMemory<byte>.Empty, said, isDelete, isDryRun, problems), null);
        }

        var (body, unreadable) = await ReadBodyAsync(context).ConfigureAwait(false);
        return body is null ? (null, unreadable) : (new CallRequest(body, body, isDelete, isDryRun, problems), null);
    }

    private static bool ReadQuery(IQueryCollection query, RequestFormat format, bool hasBody, out IReadOnlyList<FieldProblem> problems)
    {
        var found = new List<FieldProblem>();
        problems = found;
        if (hasBody && format == RequestFormat.PhoneHome)
        {
            CallQuery.RefuseOthers(query, found);
        }

        return CallQuery.ReadDryRun(query, found);
    }

    private static async ValueTask<(byte[]? Body, Answer? Refusal)> ReadBodyAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            return (null, Problems.UnsupportedMediaType);
        }

        try
        {
            var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            return (body, body is null ? Problems.BodyTooLarge : null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Problems.BodyTooLarge,
                StatusCodes.Status408RequestTimeout => Problems.BodyTimeout,
                _ => Problems.MalformedBody,
            });
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
