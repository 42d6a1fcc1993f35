using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Tells how the webhook is, and how it is called.</summary>
internal sealed class StatusEndpoint(Readiness readiness, CallGate gate, RefusalWriter refusals)
{
    internal Task HealthAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        return RefusalWriter.RefuseMethod(context, HttpMethods.Get, HttpMethods.Head) is { } answer
            ? refusals.WriteAsync(context, answer, owner: null)
            : context.Response.WriteAsync("ok\n", context.RequestAborted);
    }

    /// <summary>Whether calls can be carried out. Only who presents a valid token is told what is wrong.</summary>
    internal async Task ReadyAsync(HttpContext context)
    {
        var refusal = RefusalWriter.RefuseMethod(context, HttpMethods.Get, HttpMethods.Head);
        var isKnown = refusal is null && PresentedToken.IsPresent(context.Request);
        if (isKnown)
        {
            (_, refusal) = gate.Authenticate(context, ReadOnlyMemory<byte>.Empty);
        }

        if (refusal is not null)
        {
            await refusals.WriteAsync(context, refusal, owner: null).ConfigureAwait(false);
            return;
        }

        var found = await readiness.LookAsync().WaitAsync(context.RequestAborted).ConfigureAwait(false);
        await AnswerWriter.WriteAsync(context.Response, isKnown ? found : found with { Details = null }).ConfigureAwait(false);
    }

    /// <summary>For paths of ours at which there is nothing.</summary>
    internal static Task NotFoundAsync(HttpContext context) => AnswerWriter.WriteAsync(context.Response, Problems.NoResource);

    internal Task OpenApiAsync(HttpContext context) => RefusalWriter.RefuseMethod(context, HttpMethods.Get) is { } answer
        ? refusals.WriteAsync(context, answer, owner: null)
        : AnswerWriter.WriteAsync(context.Response, OpenApiDocument.Content);
}
