using System.Collections.Frozen;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Finds out what a change would do: plans it, tries its binds, and asks HAProxy whether it takes the configuration. Nothing is written, and
/// nothing is sent to the running HAProxy but questions.
/// </summary>
/// <param name="file">The file that the change is for.</param>
/// <param name="checker">Judges candidates as HAProxy itself does.</param>
/// <param name="runtime">The stats socket of the running HAProxy.</param>
/// <param name="probe">Tries new binds.</param>
/// <param name="deployer">
/// Carries changes of the file out, so that it knows which servers drain and which frontends are closed; null where nobody here does: then a
/// server that drains is in the way of another of its name.
/// </param>
public sealed class DeploymentPreviewer(ConfigFile file, IConfigChecker checker, RuntimeClient runtime, BindProbe probe, Deployer? deployer = null)
{
    private readonly CandidateJudge _judge = new(file.Path, checker, probe) { ClosedFrontends = () => deployer?.ClosedFrontends ?? FrozenSet<string>.Empty };
    private readonly RunningStateReader _reader = new(runtime);

    /// <summary>Looks at a change of what the file holds now, that asks for nothing more.</summary>
    /// <param name="edit">The change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it would do.</returns>
    /// <exception cref="ConfigFileException">The file cannot be read.</exception>
    public Task<DeploymentPreview> PreviewAsync(Func<ConfigDocument, ConfigDocument> edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return PreviewAsync(new DeploymentRequest { Edit = edit }, cancellationToken);
    }

    /// <summary>
    /// Looks at a request, which a <see cref="Deployer"/> that gets it alone would carry out by the same plan. Its files are planned, and not
    /// written: HAProxy may refuse lines that name a file which is not there yet.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it would do.</returns>
    /// <exception cref="ConfigFileException">The file cannot be read.</exception>
    public async Task<DeploymentPreview> PreviewAsync(DeploymentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var revision = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var before = ConfigDocument.Parse(revision.Content.Span, file.Path);
        var (running, unreachable) = await ObserveAsync(cancellationToken).ConfigureAwait(false);

        // The way of a deployment, as far as it only thinks.
        var ticket = new DeploymentTicket(request, TimeProvider.System, CancellationToken.None);
        var draft = Composition.Draft(revision, before, [ticket]);
        if (draft.Changes.IsEmpty)
        {
            var refused = await ticket.Result.ConfigureAwait(false);
            return Preview(draft, DeploymentPlan.Empty, new CandidateVerdict(false, refused.Diagnostics), running, unreachable);
        }

        var seen = deployer is null ? running : deployer.Drainages.Hide(running, draft.Wanted);
        var composition = draft.Planned(new Observation(seen, unreachable, Worker: null) { IsUnfinished = IsUnfinished() });
        var plan = composition.Plan;
        var verdict = composition.IsWritten && plan.IsEmpty
            ? CandidateVerdict.Accepted
            : await _judge.JudgeAsync(before, composition.Wanted, running, cancellationToken).ConfigureAwait(false);
        if (plan.NeedsReload)
        {
            var warnings = await _judge.FindWarningsAsync(composition.Wanted, cancellationToken).ConfigureAwait(false);
            var foreign = deployer?.ForeignLines.Find(running?.WorkerPid, before, composition.IsManaged) ?? [];
            plan = plan with { Warnings = [.. warnings, .. foreign] };
        }

        return Preview(composition, plan, verdict, running, unreachable);
    }

    private static DeploymentPreview Preview(
        Composition composition, DeploymentPlan plan, CandidateVerdict verdict, RunningState? running, Diagnostic? unreachable) => new()
    {
        Revision = composition.Original.Hash,
        Before = composition.Before,
        Wanted = composition.Wanted,
        Plan = plan,
        IsAccepted = verdict.IsAccepted,
        IsOperatorsFault = verdict.IsOperatorsFault,
        IsReachable = running is not null,
        Diagnostics = unreachable is null ? verdict.Diagnostics : [.. verdict.Diagnostics, unreachable],
    };

    /// <summary>Whether a change was broken off. Who may only read the file may not see it, and carries nothing out.</summary>
    private bool IsUnfinished()
    {
        try
        {
            return new UnfinishedMarks(file.Path).FindAbandoned();
        }
        catch (ConfigFileException)
        {
            return false;
        }
    }

    private async Task<(RunningState? Running, Diagnostic? Unreachable)> ObserveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _reader.ReadAsync(proxies: null, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RuntimeException e)
        {
            return (null, Findings.Error(
                DiagnosticIds.HaproxyUnreachable, e.Message, "start HAProxy, and see that its stats socket has level admin and may be opened"));
        }
    }
}
