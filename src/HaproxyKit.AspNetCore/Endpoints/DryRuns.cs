using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Answers what would be done. Each plan has HAProxy check a configuration, so that few are made at once.</summary>
internal sealed class DryRuns(CallAdmission admission, IOptions<PhoneHomeEndpointOptions> options, TimeProvider time)
{
    private const int MaxAtOnce = 2;

    private int underWay;

    internal async Task<Answer> PlanAsync(
        MappingCommand command, TokenGrant grant, RequestFormat format, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref underWay) > MaxAtOnce)
        {
            Interlocked.Decrement(ref underWay);
            return OutcomeAnswers.Busy(options.Value.RetryAfter);
        }

        using var patience = new CancellationTokenSource(options.Value.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var plan = await admission.PlanAsync(command, grant, either.Token).ConfigureAwait(false);
            return plan.Refusal is { } refusal
                ? OutcomeAnswers.From(refusal, command, format, options.Value)
                : new Answer
                {
                    Plan = new PlanEntry
                    {
                        Name = command.Name,
                        FrontendPort = command.FrontendPort,
                        Outcome = OutcomeAnswers.WordOf(plan.Change),
                        Reload = plan.NeedsReload,
                        Steps = plan.Steps,
                        StepsForOthers = plan.StepsForOthers,
                        Revision = plan.Revision,
                    },
                };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutcomeAnswers.NotPlanned(options.Value.RetryAfter);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
