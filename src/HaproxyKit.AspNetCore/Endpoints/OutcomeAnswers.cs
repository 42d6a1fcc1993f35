using System.Diagnostics;
using System.Net;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Says each outcome in HTTP: 200 only where HAProxy serves what was asked for.</summary>
internal static class OutcomeAnswers
{
    internal const string Unchanged = "unchanged";

    internal static Answer From(
        MappingOutcome outcome, MappingCommand command, RequestFormat format, PhoneHomeEndpointOptions options) =>
        outcome switch
        {
            MappingOutcome.Served served => Success(served, command),
            MappingOutcome.Conflict conflict => Problems.Make(
                ProblemTypes.Conflict,
                "Conflict",
                StatusCodes.Status409Conflict,
                conflict.Message,
                [new FieldProblem(FieldNames.For(format).FrontendPort, conflict.Message, conflict.Hint)]),
            MappingOutcome.Forbidden forbidden => Problems.Forbidden(forbidden.Problems),
            MappingOutcome.Refused refused => WithDiagnostics(
                Problems.Make(
                    ProblemTypes.RefusedByHaproxy,
                    "Refused by HAProxy",
                    StatusCodes.Status422UnprocessableEntity,
                    "HAProxy refuses the configuration with this mapping in it; nothing was changed"),
                refused.Diagnostics),
            MappingOutcome.Busy busy => Busy(busy.RetryAfter),
            MappingOutcome.QuotaExceeded exceeded => Problems.Make(
                ProblemTypes.QuotaExceeded, "Quota exceeded", StatusCodes.Status429TooManyRequests, exceeded.Message)
                with { RetryAfter = exceeded.RetryAfter },
            MappingOutcome.Replayed replayed => Problems.Make(
                ProblemTypes.Replayed,
                "Replayed",
                StatusCodes.Status401Unauthorized,
                $"this node's last call was signed at {replayed.LastSignedAt:O}, and this one no later: sign each call anew"),
            MappingOutcome.OperatorConfigurationInvalid invalid => WithDiagnostics(
                Unavailable(
                    ProblemTypes.OperatorConfigurationInvalid,
                    "Operator configuration invalid",
                    "HAProxy refuses lines that this mapping has no part in; the operator has to mend them",
                    options.RetryAfter),
                invalid.Diagnostics),
            MappingOutcome.Unreachable unreachable => Unavailable(
                ProblemTypes.HaproxyUnreachable, "HAProxy unreachable", unreachable.Message, options.RetryAfter),
            MappingOutcome.ConfigurationUnavailable unavailable => Unavailable(
                ProblemTypes.ConfigurationUnavailable, "Configuration unavailable", unavailable.Message, options.RetryAfter),
            MappingOutcome.TimedOut timedOut => TimedOut(timedOut.RetryAfter),
            _ => throw new UnreachableException(),
        };

    internal static Answer TimedOut(TimeSpan retryAfter) => Unavailable(
        ProblemTypes.TimedOut,
        "Timed out",
        "not done yet, and the work goes on; the same call again joins it",
        retryAfter);

    internal static Answer NotPlanned(TimeSpan retryAfter) => Unavailable(
        ProblemTypes.TimedOut, "Timed out", "no plan was made in time; nothing was changed", retryAfter);

    internal static string WordOf(MappingChange change) => change switch
    {
        MappingChange.Created => "created",
        MappingChange.Moved => "moved",
        MappingChange.Changed => "changed",
        MappingChange.Unchanged => Unchanged,
        MappingChange.Removed => "removed",
        _ => "absent",
    };

    private static Answer Success(MappingOutcome.Served served, MappingCommand command) => new()
    {
        Success = new PhoneHomeAnswer
        {
            Name = command.Name,
            FrontendPort = command.FrontendPort,
            Address = command.Address.Equals(IPAddress.None) ? null : command.Address.ToString(),
            NodePort = command.NodePort == 0 ? null : command.NodePort,
            Outcome = WordOf(served.Change),
            Reload = served.Reloaded,
            Revision = served.Revision,
            WorkerPid = served.WorkerPid,
            Warnings = served.Warnings is { Count: > 0 } warnings ? warnings : null,
        },
    };

    internal static Answer Busy(TimeSpan retryAfter)
    {
        const string Detail = "too much waits already";
        var answer = Problems.Make(ProblemTypes.Busy, "Busy", StatusCodes.Status429TooManyRequests, Detail);
        return answer with { RetryAfter = retryAfter };
    }

    private static Answer Unavailable(string type, string title, string detail, TimeSpan retryAfter) =>
        Problems.Make(type, title, StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = retryAfter };

    private static Answer WithDiagnostics(Answer answer, IReadOnlyList<Diagnostic> diagnostics) => answer with
    {
        Problem = answer.Problem! with
        {
            Diagnostics = [.. diagnostics.Take(PhoneHomeLimits.MaxProblems).Select(ProblemDiagnostic.From)],
        },
    };
}
