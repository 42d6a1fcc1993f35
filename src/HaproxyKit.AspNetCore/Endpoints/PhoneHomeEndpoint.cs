using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Answers calls. What is refused is refused in a fixed order: 405, 415, 413, 401, 400, 403, 409 (rule 19); where too
/// many strangers call, 429 stands for 401.
/// </summary>
internal sealed partial class PhoneHomeEndpoint(
    IPhoneHome phoneHome,
    CallGate gate,
    CallAdmission admission,
    IOptions<PhoneHomeEndpointOptions> options,
    TimeProvider time,
    ILogger<PhoneHomeEndpoint> logger)
{
    internal Task PhoneHomeAsync(HttpContext context) => SubmitAsync(context, RequestFormat.PhoneHome);

    internal Task IncumbentAsync(HttpContext context) => SubmitAsync(context, RequestFormat.Incumbent);

    internal Task ListAsync(HttpContext context)
    {
        TokenGrant? grant = null;
        var refusal = RefuseMethod(context, HttpMethods.Get);
        if (refusal is null)
        {
            (grant, refusal) = gate.Authenticate(context, ReadOnlyMemory<byte>.Empty);
            refusal ??= CallGate.AuthorizeList(grant!);
        }

        return refusal is not null
            ? RefuseAsync(context, refusal, grant?.Owner)
            : AnswerWriter.WriteAsync(
                context.Response,
                [.. phoneHome.Mappings
                    .Where(mapping => string.Equals(mapping.Owner, grant!.Owner, StringComparison.Ordinal))
                    .Where(grant!.Scope.Allows)
                    .Select(MappingEntry.From)]);
    }

    internal static Task HealthAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        return RefuseMethod(context, HttpMethods.Get) is { } answer
            ? AnswerWriter.WriteAsync(context.Response, answer)
            : context.Response.WriteAsync("ok\n", context.RequestAborted);
    }

    private static Answer? RefuseMethod(HttpContext context, string allowed)
    {
        if (string.Equals(context.Request.Method, allowed, StringComparison.Ordinal))
        {
            return null;
        }

        context.Response.Headers.Allow = allowed;
        return Problems.MethodNotAllowed(allowed);
    }

    private async Task SubmitAsync(HttpContext context, RequestFormat format)
    {
        var (body, refusal) = await ReadBodyAsync(context).ConfigureAwait(false);
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal, owner: null).ConfigureAwait(false);
            return;
        }

        var (grant, stranger) = gate.Authenticate(context, body);
        if (grant is null)
        {
            await RefuseAsync(context, stranger!, owner: null).ConfigureAwait(false);
            return;
        }

        var origin = new CallOrigin { Owner = grant.Owner, Address = gate.FindCaller(context), SignedAt = grant.SignedAt };
        var validation = MappingValidator.Validate(body, format, origin);
        if (!validation.IsValid)
        {
            await RefuseAsync(context, Problems.InvalidFields(validation.Problems), grant.Owner).ConfigureAwait(false);
            return;
        }

        var command = validation.Command;
        if (gate.Authorize(command, format, grant, context.Request) is { } forbidden)
        {
            await RefuseAsync(context, forbidden, grant.Owner).ConfigureAwait(false);
            return;
        }

        var answer = await WaitAsync(command, grant, format).ConfigureAwait(false);
        var result = answer.Success?.Outcome ?? answer.Problem!.Type;
        LogAnswered(command.Action, command.Name, command.FrontendPort, command.Owner, origin.Address, answer.Status, result);
        await AnswerWriter.WriteAsync(context.Response, answer).ConfigureAwait(false);
    }

    private static async ValueTask<(byte[]? Body, Answer? Refusal)> ReadBodyAsync(HttpContext context)
    {
        if (RefuseMethod(context, HttpMethods.Post) is { } refusal)
        {
            return (null, refusal);
        }

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

    /// <summary>
    /// Waits for the truth, but not for ever. The work is the reconciler's: no caller's leaving ends it.
    /// </summary>
    private async Task<Answer> WaitAsync(MappingCommand command, TokenGrant grant, RequestFormat format)
    {
        var work = admission.SubmitAsync(command, grant, CancellationToken.None);
        try
        {
            var outcome = await work.WaitAsync(options.Value.AnswerTimeout, time).ConfigureAwait(false);
            return OutcomeAnswers.From(outcome, command, format, options.Value);
        }
        catch (TimeoutException) when (!work.IsFaulted)
        {
            _ = ObserveAsync(work, command);
            return OutcomeAnswers.TimedOut(options.Value.RetryAfter);
        }
    }

    /// <summary>Tells the log how work ended for which nobody waits any more.</summary>
    private async Task ObserveAsync(Task<MappingOutcome> work, MappingCommand command)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompletedSuccessfully)
        {
            LogLate(command.Name, command.FrontendPort, work.Result.GetType().Name);
        }
        else if (work.Exception is { } exception)
        {
            LogLateFailure(exception, command.Name, command.FrontendPort);
        }
    }

    private Task RefuseAsync(HttpContext context, Answer answer, string? owner)
    {
        if (answer.Problem!.Type == ProblemTypes.TooManyFailures)
        {
            // Whoever tries many tokens does not fill the log with it.
            LogSlowed(gate.FindCaller(context));
        }
        else
        {
            LogRefused(answer.Status, answer.Problem.Type, gate.FindCaller(context), owner, answer.Problem.Errors?.Count ?? 0);
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
