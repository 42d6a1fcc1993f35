using System.Collections.Immutable;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Makes a running HAProxy follow a change of its configuration without breaking it: the file first, then the Runtime API where it does, else
/// one reload; what HAProxy serves is read back, and a change that it does not follow is undone.
/// </summary>
/// <remarks>One deployment at a time; others wait. Once the file is written, a deployment is carried through and not cancelled.</remarks>
public sealed partial class Deployer : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConfigFile _file;
    private readonly CandidateJudge _judge;
    private readonly RuntimeApplier _applier;
    private readonly RunningStateReader _running;
    private readonly IReloader _reloader;
    private readonly DeployerOptions _options;
    private readonly ILogger _logger;

    /// <summary>A deployer for one file and the HAProxy that reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="checker">Judges candidates as HAProxy itself does.</param>
    /// <param name="runtime">The stats socket of the running HAProxy, with level admin.</param>
    /// <param name="watch">Tells one worker from the next.</param>
    /// <param name="reloader">Makes HAProxy read its configuration anew.</param>
    /// <param name="probe">Tries new binds before HAProxy does.</param>
    /// <param name="options">How patient to be, or null for the defaults.</param>
    /// <param name="logger">Where to tell what is done, or null.</param>
    public Deployer(
        ConfigFile file, IConfigChecker checker, RuntimeClient runtime, WorkerWatch watch, IReloader reloader, BindProbe probe,
        DeployerOptions? options = null, ILogger<Deployer>? logger = null)
    {
        _file = file;
        _options = options ?? new DeployerOptions();
        _running = new RunningStateReader(runtime);
        _judge = new CandidateJudge(file.Path, checker, probe);
        _applier = new RuntimeApplier(runtime, watch, _running, _options);
        _reloader = reloader;
        _logger = logger ?? NullLogger<Deployer>.Instance;
    }

    /// <summary>Carries out a change.</summary>
    /// <param name="request">The change and its reverse.</param>
    /// <param name="cancellationToken">Gives up before the file is written; later it has no effect.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ConfigFileException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Nothing was done.</exception>
    public async Task<DeploymentResult> ApplyAsync(DeploymentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; attempt <= _options.MaxWriteAttempts; attempt++)
            {
                if (await TryApplyAsync(request, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    LogResult(result.Outcome, result.Plan.Steps.Length, result.Revision);
                    return result;
                }
            }

            var revision = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new DeploymentResult
            {
                Outcome = DeploymentOutcome.Rejected,
                Revision = revision.Hash,
                Diagnostics = [Findings.Error(DiagnosticIds.FileContended, $"{_file.Path} was written by others each time it was to be replaced")],
            };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>One attempt; null where somebody else wrote the file in between.</summary>
    private async Task<DeploymentResult?> TryApplyAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        var revision = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var before = ConfigDocument.Parse(revision.Content.Span, _file.Path);
        var wanted = request.Edit(before);
        var content = wanted.ToBytes();
        if (content.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return new PendingChange(request, before, wanted, revision, DeploymentPlan.Empty).Rejected(CandidateJudge.NoListener, running: null);
        }

        var isWritten = content.AsSpan().SequenceEqual(revision.Content.Span);
        var (running, unreachable) = await ObserveAsync(cancellationToken).ConfigureAwait(false);
        var plan = DeploymentPlanner.Plan(before, wanted, running, request.IsManaged);
        var change = new PendingChange(request, before, wanted, revision, plan) { Running = running };
        if (plan.NeedsReload || (running is null && !isWritten) || (!IsWhole(content) && IsWhole(revision.Content.Span)))
        {
            var verdict = await _judge.JudgeAsync(before, wanted, running, cancellationToken).ConfigureAwait(false);
            if (!verdict.IsAccepted)
            {
                return change.Rejected(verdict, running);
            }
        }

        if (!isWritten)
        {
            var replacement = await _file.ReplaceAsync(revision, content, cancellationToken).ConfigureAwait(false);
            if (replacement.IsConflict)
            {
                return null;
            }

            change = change with { Written = replacement.Revision };
        }

        if (running is null)
        {
            return change.Result(DeploymentOutcome.Unreachable, workerPid: null) with { Diagnostics = [unreachable!] };
        }

        return plan.IsEmpty
            ? change.Result(isWritten ? DeploymentOutcome.Unchanged : DeploymentOutcome.Applied, running.WorkerPid)
            : await CarryOutAsync(change).ConfigureAwait(false);
    }

    /// <summary>Whether a file can be read to its end: what planning does not see makes HAProxy refuse it all the same.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> content) => content is [.., (byte)'\n'] && !content.Contains((byte)0);

    private async Task<DeploymentResult> CarryOutAsync(PendingChange change)
    {
        if (!change.Plan.NeedsReload)
        {
            var applied = await _applier.ApplyAsync(change.Plan).ConfigureAwait(false);
            if (applied.IsDone)
            {
                return change.Result(DeploymentOutcome.Applied, applied.WorkerPid) with { Diagnostics = applied.Remarks };
            }

            LogFallBack(applied.Reason);
            var verdict = await _judge.JudgeAsync(change.Before, change.Wanted, change.Running, CancellationToken.None).ConfigureAwait(false);
            if (!verdict.IsAccepted)
            {
                var refused = Findings.Error(DiagnosticIds.RuntimeRefused, applied.Reason);
                return await UndoAsync(change, [refused, .. verdict.Diagnostics], reload: false).ConfigureAwait(false) with { IsOperatorsFault = verdict.IsOperatorsFault };
            }

            var (running, unreachable) = await ObserveAsync(CancellationToken.None).ConfigureAwait(false);
            if (running is null)
            {
                return change.Result(DeploymentOutcome.Unreachable, workerPid: null) with { Diagnostics = [unreachable!] };
            }
        }

        return await ReloadAsync(change).ConfigureAwait(false);
    }

    private async Task<DeploymentResult> ReloadAsync(PendingChange change)
    {
        ReloadResult reload;
        try
        {
            reload = await _reloader.ReloadAsync(change.Expectation(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            var (present, absent) = await ObserveAsync(CancellationToken.None).ConfigureAwait(false);
            return present is null
                ? change.Result(DeploymentOutcome.Unreachable, workerPid: null) with { Diagnostics = [absent!] }
                : await UndoAsync(change, [Findings.Error(DiagnosticIds.ReloadFailed, e.Message)], reload: present.WorkerPid != change.Running?.WorkerPid).ConfigureAwait(false);
        }

        if (!reload.Succeeded)
        {
            // A bind that somebody took since it was tried is what HAProxy 2.6 does not name.
            ImmutableArray<Diagnostic> why = [.. reload.Diagnostics, .. _judge.Probe(change.Before, change.Wanted, change.Running)];
            var isAsBefore = reload is { NewWorkerPid: null, StillServing: true, Worker.AnswersOnStatsSocket: true };
            return await UndoAsync(change, why, reload: !isAsBefore).ConfigureAwait(false);
        }

        var (running, unreachable) = await ObserveAsync(CancellationToken.None).ConfigureAwait(false);
        if (running is null)
        {
            return change.Result(DeploymentOutcome.Unreachable, workerPid: null) with { Diagnostics = [unreachable!], Reloaded = true };
        }

        // The new worker has read the file; only what somebody changed at run time since then can differ.
        var rest = DeploymentPlanner.Plan(change.Wanted, change.Wanted, running, change.Request.IsManaged);
        var applied = rest.IsEmpty ? new AppliedCommands(true, running.WorkerPid, "")
            : rest.NeedsReload ? new AppliedCommands(false, running.WorkerPid, rest.ToString())
            : await _applier.ApplyAsync(rest).ConfigureAwait(false);
        return applied.IsDone
            ? change.Result(DeploymentOutcome.Applied, applied.WorkerPid) with { Reloaded = true, Diagnostics = applied.Remarks }
            : await UndoAsync(change, [Findings.Error(DiagnosticIds.ReloadFailed, $"the new worker does not serve the file: {applied.Reason}")], reload: true).ConfigureAwait(false);
    }

    private async Task<(RunningState? Running, Diagnostic? Unreachable)> ObserveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _running.ReadAsync(proxies: null, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RuntimeException e)
        {
            return (null, Findings.Error(DiagnosticIds.HaproxyUnreachable, e.Message, "start HAProxy, and see that its stats socket has level admin and may be opened"));
        }
    }
}
