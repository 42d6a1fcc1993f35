using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Stands before <see cref="IPhoneHome"/>: lets no signed call in twice, no reserved port be taken,
/// and no owner have more than its tokens allow.
/// </summary>
public sealed class CallAdmission
{
    private readonly IPhoneHome phoneHome;
    private readonly IReservedPorts[] reserved;
    private readonly MappingQuotas quotas;
    private readonly SignedCalls signed;
    private volatile MappingIndex index = new([]);

    /// <summary>Makes the admission to a reconciler.</summary>
    /// <param name="phoneHome">What carries commands out, and tells which mappings there are.</param>
    /// <param name="reserved">Who knows ports that must not be mapped.</param>
    /// <param name="signatures">How old a signature may be.</param>
    /// <param name="time">By which quotas and signatures count.</param>
    public CallAdmission(
        IPhoneHome phoneHome,
        IEnumerable<IReservedPorts> reserved,
        IOptions<PhoneHomeSignatureOptions> signatures,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(phoneHome);
        ArgumentNullException.ThrowIfNull(reserved);
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(time);
        this.phoneHome = phoneHome;
        this.reserved = [.. reserved];
        quotas = new MappingQuotas(time);
        signed = new SignedCalls(time, signatures.Value.MaxClockSkew);
    }

    /// <summary>Asks for a command to be made true, where it may be asked for now.</summary>
    /// <param name="command">What is asked for; scope and policy have allowed it.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="cancellationToken">Ends the waiting. The command, once taken, is carried out all the same.</param>
    /// <returns>
    /// The truth about the command: <see cref="MappingOutcome.Replayed"/>, a conflict over a reserved port or
    /// <see cref="MappingOutcome.QuotaExceeded"/>, in this order, or what <see cref="IPhoneHome"/> says.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the waiting.</exception>
    public Task<MappingOutcome> SubmitAsync(MappingCommand command, TokenGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(grant);
        var mappings = CurrentIndex();
        if ((signed.Refuse(command, mappings) ?? RefuseReserved(command, mappings)) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        var ticket = quotas.Enter(command, grant.Quota, mappings, out var exceeded);
        return exceeded is not null ? Task.FromResult<MappingOutcome>(exceeded)
            : ticket is null ? phoneHome.SubmitAsync(command, cancellationToken)
            : SubmitAsync(command, ticket, cancellationToken);
    }

    /// <summary>Finds out what would be done for a command, where it might be asked for now. Nothing counts for a quota.</summary>
    /// <param name="command">What would be asked for; scope and policy have allowed it.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The plan, or one with the refusal that <see cref="SubmitAsync(MappingCommand, TokenGrant, CancellationToken)"/> would give.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended it.</exception>
    public Task<MappingPlan> PlanAsync(MappingCommand command, TokenGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(grant);
        var mappings = CurrentIndex();
        var refusal = signed.Refuse(command, mappings) ?? RefuseReserved(command, mappings);
        if (refusal is null && quotas.Enter(command, grant.Quota, mappings, out var exceeded) is var ticket)
        {
            quotas.GiveBack(ticket);
            refusal = exceeded;
        }

        return refusal is not null
            ? Task.FromResult(new MappingPlan { Refusal = refusal })
            : phoneHome.PlanAsync(command, cancellationToken);
    }

    private async Task<MappingOutcome> SubmitAsync(
        MappingCommand command, QuotaTicket ticket, CancellationToken cancellationToken)
    {
        // Until the work ends, whoever waits for it: what is under way counts.
        var work = SubmitUntilDoneAsync(command, ticket);
        return await work.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MappingOutcome> SubmitUntilDoneAsync(MappingCommand command, QuotaTicket ticket)
    {
        MappingOutcome? outcome = null;
        try
        {
            outcome = await phoneHome.SubmitAsync(command, CancellationToken.None).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            quotas.Leave(ticket, outcome);
        }
    }

    /// <summary>Looks at new ports alone: a call that changes nothing reads no file.</summary>
    private MappingOutcome.Conflict? RefuseReserved(MappingCommand command, MappingIndex mappings)
    {
        if (command.Action == MappingAction.Delete || mappings[command.FrontendPort] is not null)
        {
            return null;
        }

        foreach (var ports in reserved)
        {
            if (ports.Find(command.FrontendPort) is { } who)
            {
                return new MappingOutcome.Conflict
                {
                    Reason = ConflictReason.Reserved,
                    Message = $"frontend port {command.FrontendPort} is reserved: {who}",
                    Hint = "take another port",
                };
            }
        }

        return null;
    }

    private MappingIndex CurrentIndex()
    {
        var mappings = phoneHome.Mappings;
        var known = index;
        if (!ReferenceEquals(known.Mappings, mappings))
        {
            index = known = new MappingIndex(mappings);
        }

        return known;
    }
}
