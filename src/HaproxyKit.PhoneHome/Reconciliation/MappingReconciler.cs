using System.Collections.Concurrent;
using System.Threading.Channels;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Makes HAProxy follow the wanted mappings. Callers change what is wanted and wait; one consumer takes all that wait together, plans, deploys,
/// and tells each the truth. It compares states, not events, so that a lost event, a restart or a hand edit is mended by the next pass.
/// </summary>
public sealed partial class MappingReconciler : BackgroundService, IPhoneHome
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    private readonly Channel<PendingIntent> _queue;
    private readonly MappingStore _store;
    private readonly MappingDeployment _deployment;
    private readonly ServedMappings _served;
    private readonly ConcurrentDictionary<int, int> _waitingOnPort = new();
    private readonly FileIntake _intake;
    private readonly Quarantine _quarantine;
    private readonly SettingsArbiter _arbiter;
    private readonly StatusBoard _statuses;
    private readonly IntentJudge _judge;
    private readonly FileObstacle _obstacle;
    private readonly PhoneHomeOptions _options;
    private readonly EventLog _events;
    private readonly ILogger _logger;
    private readonly List<PendingIntent> _postponed = [];
    private volatile bool _hasAdopted;
    private volatile bool _isStopping;

    internal MappingReconciler(
        MappingStore store, MappingDeployment deployment, ServedMappings served, FileIntake intake, Quarantine quarantine, SettingsArbiter arbiter,
        FileObstacle obstacle, EventLog events, IOptions<PhoneHomeOptions> options, ILogger<MappingReconciler> logger)
    {
        (_store, _deployment, _served, _intake, _quarantine, _arbiter, _obstacle, _events, _options, _logger) =
            (store, deployment, served, intake, quarantine, arbiter, obstacle, events, options.Value, logger);
        _statuses = new StatusBoard(store, quarantine, served.Held);
        _judge = new IntentJudge(store, deployment, arbiter, _options, Answer);
        _queue = Channel.CreateBounded<PendingIntent>(new BoundedChannelOptions(_options.QueueCapacity) { SingleReader = true });
    }

    /// <inheritdoc/>
    public IReadOnlyList<MappingStatus> Mappings => _statuses.Current;

    /// <inheritdoc/>
    public bool HasAdopted => _hasAdopted;

    /// <inheritdoc/>
    public string? Obstacle => _obstacle.Reason;

    /// <inheritdoc/>
    public Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var call = new MappingIntent.Call(command);
        return FindServed(call) is { } known ? Task.FromResult(known) : SubmitAsync(call, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PhoneHomeEvent> WatchAsync(long? after, CancellationToken cancellationToken) => _events.WatchAsync(after, cancellationToken);

    /// <summary>Makes whatever is wanted so, without a new wish: repairs a hand edit or an address that was set back.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <returns>What became of it.</returns>
    public Task<MappingOutcome> RepairAsync(CancellationToken cancellationToken) => SubmitAsync(new MappingIntent.Repair(), cancellationToken);

    internal Task<MappingOutcome> SubmitAsync(MappingIntent intent, CancellationToken cancellationToken)
    {
        var pending = new PendingIntent(intent, EndWaiting);
        BeginWaiting(pending);
        if (!_queue.Writer.TryWrite(pending))
        {
            pending.Answer(_isStopping ? Stopping() : new MappingOutcome.Busy { RetryAfter = BusyPause });
        }

        return pending.Outcome.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is null or { IsCompleted: true })
        {
            // The consumer may have been stopped before it began.
            AnswerLeftovers();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // What stands in the file is known before the first call comes.
            await PassAsync([], stoppingToken).ConfigureAwait(false);
            if (_store.Known.Mappings.All.Any(mapping => mapping.IsClosed))
            {
                // A port without nodes waits for no call: it has its frontend before, and a HAProxy that was started anew has opened it.
                await PassAsync([new PendingIntent(new MappingIntent.Repair())], stoppingToken).ConfigureAwait(false);
            }

            while (_postponed.Count > 0 || await _queue.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                var batch = _postponed.ToList();
                _postponed.Clear();
                while (_queue.Reader.TryRead(out var pending))
                {
                    batch.Add(pending);
                }

                await PassAsync(batch, stoppingToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _isStopping = true;
            AnswerLeftovers();
        }
    }

    /// <summary>Nobody waits for ever: what was not begun is told so.</summary>
    private void AnswerLeftovers()
    {
        _queue.Writer.TryComplete();
        AnswerAll(_postponed, Stopping());
        while (_queue.Reader.TryRead(out var pending))
        {
            pending.Answer(Stopping());
        }
    }

    private async Task PassAsync(List<PendingIntent> batch, CancellationToken stoppingToken)
    {
        try
        {
            using var alone = await _store.LockAsync(stoppingToken).ConfigureAwait(false);
            await _intake.LookAsync(stoppingToken).ConfigureAwait(false);
            _statuses.Renew();
            _hasAdopted = true;
            try
            {
                await ReconcileAsync(batch, stoppingToken).ConfigureAwait(false);
            }
            finally
            {
                // Nobody waits for it, and whatever broke off, HAProxy may have changed.
                _store.LastGood.Save();
            }

            _statuses.Renew();
            await _obstacle.EndAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            AnswerAll(batch, Stopping());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailure(e.Message);
            _obstacle.Begin(e.Message);
            AnswerAll(batch, new MappingOutcome.ConfigurationUnavailable { Message = $"the configuration could not be changed: {e.Message}" });
        }
        catch (Exception e)
        {
            // A defect of ours: those who wait are told, and the next pass begins from what is wanted, not from where this one broke off.
            LogDefect(e);
            batch.ForEach(pending => pending.Fail(e));
        }
    }

    /// <summary>
    /// Deploys all intents together. What is refused is told to those who asked for it, and the rest is tried again without them: one bad
    /// mapping holds nobody up.
    /// </summary>
    private async Task ReconcileAsync(List<PendingIntent> batch, CancellationToken cancellationToken)
    {
        var look = _served.LastLook;
        var waiting = batch.FindAll(pending => !pending.IsAnswered);
        HeldBack? heldBack = null;
        while (waiting.Count > 0)
        {
            var before = _store.Load();
            var wanted = await _judge.DecideAsync(waiting, before, cancellationToken).ConfigureAwait(false);
            waiting = [.. waiting.Where(pending => !pending.IsAnswered)];
            if (waiting.Count == 0)
            {
                return;
            }

            heldBack ??= await HeldBack.BeginAsync(_quarantine, _deployment, wanted, waiting, cancellationToken).ConfigureAwait(false);
            _store.Save(wanted);
            DeploymentResult result;
            try
            {
                result = await _deployment.DeployAsync(heldBack.Without(before), heldBack.Without(wanted), cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                _served.Forget();
                _store.TakeBack(before);
                throw;
            }

            if (result.Outcome is DeploymentOutcome.Rejected or DeploymentOutcome.RolledBack)
            {
                _store.TakeBack(before);
                if (result.Outcome == DeploymentOutcome.RolledBack)
                {
                    _served.Forget();
                }

                if (heldBack.Add(before, wanted, waiting, result, LogHeldBack))
                {
                    continue;
                }

                waiting = Refuse(waiting, result, cancellationToken.IsCancellationRequested);
                continue;
            }

            _arbiter.Take();
            if (result.Outcome != DeploymentOutcome.Unreachable)
            {
                _quarantine.End(heldBack.Without(wanted), result.Revision, result.WorkerPid, result.Reloaded);
                _store.ForgetEdited(_store.Known.Edited.Where(port => wanted[port] is not { } mapping || !mapping.Equals(before[port])));
            }

            await _served.ConfirmAsync(heldBack.Without(wanted), result, look, cancellationToken).ConfigureAwait(false);
            // Before anybody is answered: who asks then for the mappings sees what was done.
            _statuses.Renew();
            heldBack.Answer(waiting);
            AnswerDeployed(waiting.FindAll(pending => !pending.IsAnswered), before, wanted, result);
            return;
        }
    }

    /// <summary>Answers those to whom a refusal is owed; the others are returned to be tried again.</summary>
    private List<PendingIntent> Refuse(List<PendingIntent> waiting, DeploymentResult result, bool isStopping)
    {
        var changing = waiting.FindAll(pending => pending.ChangesSomething);
        var blame = Blame.Of(result);
        var guilty = changing.Count <= 1 || isStopping ? changing
            : result.IsOperatorsFault ? changing.FindAll(pending => pending.Change != MappingChange.Moved)
            : changing.FindAll(pending => blame.Contains(pending.FrontendPort));
        if (guilty.Count == 0)
        {
            // Nothing tells whose fault it is: halve, so that it shows.
            guilty = result.IsOperatorsFault || changing.Count == 0 ? waiting : [];
        }

        if (guilty.Count == 0)
        {
            return Halve(waiting, changing);
        }

        LogRefused(guilty.Count, result.Outcome, result.Diagnostics.IsEmpty ? "" : result.Diagnostics[0].Message);
        foreach (var pending in guilty)
        {
            Answer(pending, _store.Load(), blame.RefusalFor(pending.FrontendPort));
        }

        return [.. waiting.Where(pending => !pending.IsAnswered)];
    }

    /// <summary>Leaves one half of what changes something to the next pass, before all that has come since.</summary>
    private List<PendingIntent> Halve(List<PendingIntent> waiting, List<PendingIntent> changing)
    {
        var later = changing.Skip(changing.Count / 2).ToHashSet();
        _postponed.AddRange(later);
        return [.. waiting.Where(pending => !later.Contains(pending))];
    }

    private void AnswerDeployed(List<PendingIntent> waiting, DesiredMappings before, DesiredMappings wanted, DeploymentResult result)
    {
        foreach (var pending in waiting)
        {
            if (pending.Intent is MappingIntent.Call { Command: { Action: MappingAction.Add } command } && wanted[command.FrontendPort] is not null)
            {
                _store.NoteCall(command.FrontendPort, command.Node);
            }

            Answer(pending, before, result.Outcome == DeploymentOutcome.Unreachable
                ? new MappingOutcome.Unreachable { Message = $"HAProxy does not answer; the mapping is kept and follows when it does: {result.Diagnostics[0].Message}" }
                : Warn(pending, new MappingOutcome.Served
                {
                    Change = pending.Change,
                    WorkerPid = result.WorkerPid,
                    Revision = result.Revision,
                    Reloaded = result.Reloaded,
                }));
        }
    }

    private MappingOutcome.Served Warn(PendingIntent pending, MappingOutcome.Served outcome) =>
        pending.Intent is MappingIntent.Call call ? _served.Held.Warn(outcome, call.Command) : outcome;

    /// <summary>Answers who waits, and tells who watches; what changed nothing is no event.</summary>
    private void Answer(PendingIntent pending, DesiredMappings before, MappingOutcome outcome)
    {
        if (MappingEvents.Of(pending, before, outcome) is { } happened)
        {
            _events.Add(happened);
        }

        pending.Answer(outcome);
    }

    private static void AnswerAll(IEnumerable<PendingIntent> pending, MappingOutcome outcome)
    {
        foreach (var one in pending)
        {
            one.Answer(outcome);
        }
    }

    private static MappingOutcome.Unreachable Stopping() => new() { Message = "the webhook is stopping" };
}
