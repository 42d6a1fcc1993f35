using System.Net;
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
/// Answers calls. What is refused is refused in a fixed order: 405, 415, 413, 401, 400, 403, 409 (rule 19).
/// </summary>
internal sealed partial class PhoneHomeEndpoint(
    IPhoneHome phoneHome,
    TokenValidator tokens,
    PhoneHomePolicy policy,
    IOptions<PhoneHomeEndpointOptions> options,
    TimeProvider time,
    ILogger<PhoneHomeEndpoint> logger)
{
    internal Task PhoneHomeAsync(HttpContext context) => SubmitAsync(context, RequestFormat.PhoneHome);

    internal Task IncumbentAsync(HttpContext context) => SubmitAsync(context, RequestFormat.Incumbent);

    internal Task ListAsync(HttpContext context)
    {
        var answer = RefuseMethod(context, HttpMethods.Get);
        if (answer is null && tokens.Validate(PresentedToken.Read(context.Request)) is { } grant)
        {
            return AnswerWriter.WriteAsync(
                context.Response,
                [.. phoneHome.Mappings
                    .Where(mapping => string.Equals(mapping.Owner, grant.Owner, StringComparison.Ordinal))
                    .Select(MappingEntry.From)]);
        }

        return RefuseAsync(context, answer ?? Problems.Unauthorized, owner: null);
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

        if (tokens.Validate(PresentedToken.Read(context.Request)) is not { } grant)
        {
            await RefuseAsync(context, Problems.Unauthorized, owner: null).ConfigureAwait(false);
            return;
        }

        var origin = new CallOrigin { Owner = grant.Owner, Address = FindCaller(context) };
        var validation = MappingValidator.Validate(body, format, origin);
        if (!validation.IsValid)
        {
            await RefuseAsync(context, Problems.InvalidFields(validation.Problems), grant.Owner).ConfigureAwait(false);
            return;
        }

        var command = validation.Command;
        var forbidden = policy.Judge(command, format);
        if (forbidden.Count > 0)
        {
            await RefuseAsync(context, Problems.Forbidden(forbidden), grant.Owner).ConfigureAwait(false);
            return;
        }

        var answer = await WaitAsync(command, format).ConfigureAwait(false);
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
    private async Task<Answer> WaitAsync(MappingCommand command, RequestFormat format)
    {
        var work = phoneHome.SubmitAsync(command, CancellationToken.None);
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

    private IPAddress? FindCaller(HttpContext context) =>
        policy.FindCaller(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"]);

    private Task RefuseAsync(HttpContext context, Answer answer, string? owner)
    {
        LogRefused(answer.Status, answer.Problem!.Type, FindCaller(context), owner, answer.Problem.Errors?.Count ?? 0);
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
