using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// The last resort: what no endpoint expects is a defect of ours. It is logged, and answered with a problem, so that no caller has to make sense
/// of an empty 500. What a peer does wrong and a caller that has gone are none.
/// </summary>
internal sealed partial class DefectGuard(ILogger<DefectGuard> logger)
{
    internal RequestDelegate Guard(RequestDelegate endpoint) => async context =>
    {
        try
        {
            await endpoint(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!IsTheCallers(e, context))
        {
            LogDefect(e, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "-");
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await AnswerWriter.WriteAsync(context.Response, Problems.InternalError).ConfigureAwait(false);
        }
    };

    private static bool IsTheCallers(Exception e, HttpContext context) =>
        e is BadHttpRequestException || (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException);

    [LoggerMessage(1, LogLevel.Critical, "A defect: {Method} {Endpoint} was not answered.")]
    private partial void LogDefect(Exception exception, string method, string endpoint);
}
