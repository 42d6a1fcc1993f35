using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Refuses calls: in the answer and in the log.</summary>
internal sealed partial class RefusalWriter(CallGate gate, TimeProvider time, ILogger<RefusalWriter> logger)
{
    private readonly StrangerLines strangers = new(time);

    /// <summary>The refusal of another method than the resource has, or null.</summary>
    /// <param name="context">The call.</param>
    /// <param name="allowed">The methods, with commas between.</param>
    /// <returns>The refusal, or null.</returns>
    internal static Answer? RefuseMethod(HttpContext context, params ReadOnlySpan<string> allowed)
    {
        foreach (var method in allowed)
        {
            if (string.Equals(context.Request.Method, method, StringComparison.Ordinal))
            {
                return null;
            }
        }

        var text = string.Join(", ", allowed!);
        context.Response.Headers.Allow = text;
        return Problems.MethodNotAllowed(text);
    }

    internal Task WriteAsync(HttpContext context, Answer answer, string? owner)
    {
        var (caller, problem) = (gate.FindCaller(context), answer.Problem!);
        if (problem.Type == ProblemTypes.TooManyFailures || (owner is null && !strangers.Take(caller)))
        {
            // Whoever tries many tokens, or calls without, does not fill the log with it.
            LogAnother(answer.Status, caller);
        }
        else
        {
            LogRefused(answer.Status, problem.Type, caller, owner, problem.Errors?.Count ?? 0);
        }

        CloseWhereTheBodyCannotBeReadAway(context);
        return AnswerWriter.WriteAsync(context.Response, answer);
    }

    /// <summary>
    /// Says that the connection ends, where the server is going to end it, so that no client sends its next call
    /// there.
    /// </summary>
    private static void CloseWhereTheBodyCannotBeReadAway(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.Request.ContentLength > limit && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
    }
}
