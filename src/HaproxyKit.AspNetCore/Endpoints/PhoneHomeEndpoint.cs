using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Answers calls for a change. What is refused is refused in a fixed order: 405, 415, 413, 401, 400, 403, 409;
/// where too many strangers call, 429 stands for 401.
/// </summary>
internal sealed partial class PhoneHomeEndpoint(
    CallGate gate,
    CallAdmission admission,
    DryRuns dryRuns,
    RefusalWriter refusals,
    AuditLog audit,
    IOptions<PhoneHomeEndpointOptions> options,
    TimeProvider time,
    ILogger<PhoneHomeEndpoint> logger)
{
    internal Task PhoneHomeAsync(HttpContext context) => SubmitAsync(context, RequestFormat.PhoneHome);

    internal Task IncumbentAsync(HttpContext context) => SubmitAsync(context, RequestFormat.Incumbent);

    private async Task SubmitAsync(HttpContext context, RequestFormat format)
    {
        var (request, unreadable) = await CallReader.ReadAsync(context, format).ConfigureAwait(false);
        if (request is null)
        {
            await RefuseAsync(context, unreadable!, grant: null).ConfigureAwait(false);
            return;
        }

        var (grant, stranger) = gate.Authenticate(context, request.Signed);
        if (grant is null)
        {
            await RefuseAsync(context, stranger!, grant: null).ConfigureAwait(false);
            return;
        }

        var (validation, refusal) = Judge(context, request, format, grant);
        var command = validation.Command;
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal, grant, validation).ConfigureAwait(false);
            return;
        }

        var answer = request.IsDryRun
            ? await dryRuns.PlanAsync(command!, grant, format, context.RequestAborted).ConfigureAwait(false)
            : await WaitAsync(command!, grant, format).ConfigureAwait(false);
        Tell(grant, command!, answer);
        await AnswerWriter.WriteAsync(context.Response, answer).ConfigureAwait(false);
    }

    private (MappingValidation Validation, Answer? Refusal) Judge(HttpContext context, CallRequest request, RequestFormat format, TokenGrant grant)
    {
        var origin = new CallOrigin { Owner = grant.Owner, Address = gate.FindCaller(context), SignedAt = grant.SignedAt };
        var validation = MappingValidator.Validate(
            request.Body.Span, format, origin, request.IsDelete ? MappingAction.Delete : MappingAction.Add);
        if (!validation.IsValid || request.Problems.Count > 0)
        {
            return (validation, Problems.InvalidFields([.. request.Problems.Concat(validation.Problems).Take(PhoneHomeLimits.MaxProblems)]));
        }

        var command = validation.Command;
        return request.IsDelete && command.Action != MappingAction.Delete
            ? (validation, Problems.InvalidFields([new FieldProblem(FieldNames.For(format).Action, "must be delete, or left out, where the method is DELETE")]))
            : (validation, gate.Authorize(command, format, grant, context.Request));
    }

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
            _ = ObserveAsync(work, command, grant, format);
            return OutcomeAnswers.TimedOut(options.Value.RetryAfter);
        }
    }

    /// <summary>Tells the log how work ended for which nobody waits any more.</summary>
    private async Task ObserveAsync(Task<MappingOutcome> work, MappingCommand command, TokenGrant grant, RequestFormat format)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompletedSuccessfully)
        {
            LogLate(command.Name, command.FrontendPort, work.Result.GetType().Name);
            var answer = OutcomeAnswers.From(work.Result, command, format, options.Value);
            audit.Add(AuditEntry.Of(time.GetUtcNow(), grant, command.CallerAddress, command, answer) with { Late = true });
        }
        else if (work.Exception is { } exception)
        {
            LogLateFailure(exception, command.Name, command.FrontendPort);
        }
    }

    /// <summary>Every change is written up; that everything is as it was, as almost every call finds, is not one.</summary>
    private void Tell(TokenGrant grant, MappingCommand command, Answer answer)
    {
        var result = answer.Success?.Outcome ?? answer.Plan?.Outcome ?? answer.Problem!.Type;
        LogAnswered(command.Action, command.Name, command.FrontendPort, command.Owner, command.CallerAddress, answer.Status, result);
        if (answer.Success?.Outcome != OutcomeAnswers.Unchanged)
        {
            audit.Add(AuditEntry.Of(time.GetUtcNow(), grant, command.CallerAddress, command, answer));
        }
    }

    private Task RefuseAsync(HttpContext context, Answer answer, TokenGrant? grant, MappingValidation? validation = null)
    {
        if (grant is null)
        {
            audit.AddStranger(gate.FindCaller(context), answer);
        }
        else
        {
            audit.Add(AuditEntry.Of(time.GetUtcNow(), grant, gate.FindCaller(context), validation?.Command, answer) with
            {
                Name = validation?.Name is { } name && !gate.IsToken(name) ? name : null,
                FrontendPort = validation?.FrontendPort,
            });
        }

        return refusals.WriteAsync(context, answer, grant?.Owner);
    }
}
