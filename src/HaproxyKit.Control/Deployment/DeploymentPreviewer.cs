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
public sealed class DeploymentPreviewer(ConfigFile file, IConfigChecker checker, RuntimeClient runtime, BindProbe probe)
{
    private readonly CandidateJudge _judge = new(file.Path, checker, probe);
    private readonly RunningStateReader _reader = new(runtime);

    /// <summary>Looks at a change of what the file holds now.</summary>
    /// <param name="edit">The change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it would do.</returns>
    /// <exception cref="ConfigFileException">The file cannot be read.</exception>
    public async Task<DeploymentPreview> PreviewAsync(
        Func<ConfigDocument, ConfigDocument> edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var revision = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var before = ConfigDocument.Parse(revision.Content.Span, file.Path);
        var wanted = edit(before);
        var (running, unreachable) = await ObserveAsync(cancellationToken).ConfigureAwait(false);
        var plan = DeploymentPlanner.Plan(before, wanted, running, static _ => false);
        var isSame = wanted.ToBytes().AsSpan().SequenceEqual(revision.Content.Span);
        var verdict = isSame && plan.IsEmpty
            ? CandidateVerdict.Accepted
            : await _judge.JudgeAsync(before, wanted, running, cancellationToken).ConfigureAwait(false);
        if (plan.NeedsReload)
        {
            plan = plan with { Warnings = await _judge.FindWarningsAsync(wanted, cancellationToken).ConfigureAwait(false) };
        }

        return new DeploymentPreview
        {
            Revision = revision.Hash,
            Before = before,
            Wanted = wanted,
            Plan = plan,
            IsAccepted = verdict.IsAccepted,
            IsOperatorsFault = verdict.IsOperatorsFault,
            IsReachable = running is not null,
            Diagnostics = unreachable is null ? verdict.Diagnostics : [.. verdict.Diagnostics, unreachable],
        };
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
