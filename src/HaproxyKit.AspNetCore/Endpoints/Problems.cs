using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>The problems that are found before a command reaches the reconciler.</summary>
internal static class Problems
{
    internal static Answer MethodNotAllowed(string allowed) => Make(
        ProblemTypes.MethodNotAllowed, "Method not allowed", StatusCodes.Status405MethodNotAllowed, $"use {allowed}");

    internal static Answer UnsupportedMediaType { get; } = Make(
        ProblemTypes.UnsupportedMediaType,
        "Unsupported media type",
        StatusCodes.Status415UnsupportedMediaType,
        "send application/json in UTF-8");

    internal static Answer BodyTooLarge { get; } = Make(
        ProblemTypes.BodyTooLarge,
        "Body too large",
        StatusCodes.Status413PayloadTooLarge,
        $"a body has {PhoneHomeLimits.MaxBodyBytes} bytes at most");

    internal static Answer BodyTimeout { get; } = Make(
        ProblemTypes.BodyTimeout, "Body too slow", StatusCodes.Status408RequestTimeout, "the body did not arrive in time");

    internal static Answer Unauthorized { get; } = Make(
        ProblemTypes.Unauthorized,
        "Unauthorized",
        StatusCodes.Status401Unauthorized,
        $"present a token that is known, as Authorization: Bearer or as {PhoneHomeHeaders.IncumbentToken}");

    /// <summary>For a caller that has signed: which of all this does not fit is not said, so that nobody learns it by guessing.</summary>
    internal static Answer UnauthorizedSignature { get; } = UnauthorizedBecause(
        "no token that is known and may sign has signed this very call for this balancer: look at the token's id and secret (an entry with Sha256 "
        + $"alone cannot sign), at the URL ({PhoneHomeSignatureOptions.SectionName}:Origins), and at what was signed");

    /// <summary>For a caller that holds a valid token: it is told what to do with it.</summary>
    internal static Answer UnauthorizedBecause(string detail) => Make(
        ProblemTypes.Unauthorized, "Unauthorized", StatusCodes.Status401Unauthorized, detail);

    internal static Answer TooManyFailures(TimeSpan retryAfter) => Make(
        ProblemTypes.TooManyFailures,
        "Too many failures",
        StatusCodes.Status429TooManyRequests,
        "too many calls without a valid token came from this address; a valid one is taken at any time")
        with { RetryAfter = retryAfter };

    internal static Answer TooManyStreams(TimeSpan retryAfter) => Make(
        ProblemTypes.TooManyStreams,
        "Too many streams",
        StatusCodes.Status429TooManyRequests,
        "too many event streams are open already")
        with { RetryAfter = retryAfter };

    internal static Answer NoMapping { get; } = Make(
        ProblemTypes.NotFound, "Not found", StatusCodes.Status404NotFound, "no mapping of this token's owner has this port");

    internal static Answer NoResource { get; } = Make(
        ProblemTypes.NotFound, "Not found", StatusCodes.Status404NotFound, "there is nothing at this path");

    internal static Answer InternalError { get; } = Make(
        ProblemTypes.InternalError,
        "Internal error",
        StatusCodes.Status500InternalServerError,
        "a defect of the webhook; its log tells more. What is wanted is kept, and the same call may be made again");

    internal static Answer MalformedBody { get; } = InvalidFields(
        [new FieldProblem("", "the body did not arrive whole")]);

    internal static Answer InvalidFields(IReadOnlyList<FieldProblem> problems) => Make(
        ProblemTypes.InvalidField, "Invalid request", StatusCodes.Status400BadRequest, null, problems);

    internal static Answer Forbidden(IReadOnlyList<FieldProblem> problems) => Make(
        ProblemTypes.Forbidden, "Forbidden", StatusCodes.Status403Forbidden, null, problems);

    internal static Answer Make(
        string type, string title, int status, string? detail, IReadOnlyList<FieldProblem>? errors = null) => new()
        {
            Problem = new PhoneHomeProblem { Type = type, Title = title, Status = status, Detail = detail, Errors = errors },
        };
}
