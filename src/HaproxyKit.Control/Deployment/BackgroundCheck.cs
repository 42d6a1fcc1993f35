using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Has HAProxy check the file shortly after changes that it was not asked about before, once for all of them. What it refuses is taken back,
/// where the changes are to blame; where other lines are, they stay, and an alarm names the line.
/// </summary>
internal sealed class BackgroundCheck(
    ConfigFile file,
    DocumentCache documents,
    CandidateJudge judge,
    Acceptance acceptance,
    AlarmBoard alarms,
    DeployerOptions options,
    TimeProvider time,
    Func<DeploymentRequest, Task<DeploymentResult>> deploy) : IDisposable, IAsyncDisposable
{
    /// <summary>The alarm about lines that no change of ours touched.</summary>
    internal const string OperatorsAlarm = "operator-configuration";

    /// <summary>The alarm about changes that HAProxy refused afterwards.</summary>
    internal const string ChangeAlarm = "refused-change";

    /// <summary>After a check it is waited so many times as long as it took: of a large file it takes a second, and the processor with it.</summary>
    private const int RestAfterCheck = 4;

    private readonly Lock _gate = new();
    private readonly List<ComposedChange> _unchecked = [];
    private readonly CancellationTokenSource _stopping = new();
    private bool _isWaiting;
    private Task _run = Task.CompletedTask;
    private (long End, TimeSpan Duration) _last;

    /// <summary>Notes changes that were made without asking.</summary>
    internal void Note(IEnumerable<ComposedChange> changes)
    {
        lock (_gate)
        {
            _unchecked.AddRange(changes.Where(change => !change.Touched.IsEmpty && !change.Request.IsReversal));
            if (!_isWaiting && _unchecked.Count > 0 && !_stopping.IsCancellationRequested)
            {
                _isWaiting = true;
                _run = Task.Run(RunAsync, CancellationToken.None);
            }
        }
    }

    /// <summary>Begins no check any more, and breaks off one that runs.</summary>
    public void Dispose() => _stopping.Cancel();

    /// <summary>The same, and waits until nothing is left of it, such as the file that HAProxy was given.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task run;
        lock (_gate)
        {
            run = _run;
        }

        await run.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await Task.Delay(Pause(), time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            List<ComposedChange> changes;
            lock (_gate)
            {
                changes = [.. _unchecked];
            }

            if (!_stopping.IsCancellationRequested)
            {
                var begin = time.GetTimestamp();
                await CheckAsync(changes).ConfigureAwait(false);
                _last = (time.GetTimestamp(), time.GetElapsedTime(begin));
            }

            lock (_gate)
            {
                _unchecked.RemoveRange(0, changes.Count);
                if (_unchecked.Count == 0 || _stopping.IsCancellationRequested)
                {
                    _isWaiting = false;
                    return;
                }
            }
        }
    }

    private TimeSpan Pause()
    {
        var rest = (RestAfterCheck * _last.Duration) - time.GetElapsedTime(_last.End);
        return rest > options.CheckDelay ? rest : options.CheckDelay;
    }

    private async Task CheckAsync(List<ComposedChange> changes)
    {
        try
        {
            var before = changes[0].Before;
            var revision = await file.ReadAsync(_stopping.Token).ConfigureAwait(false);
            var now = documents.Find(revision);
            var verdict = await judge.JudgeAsync(before, now, running: null, _stopping.Token).ConfigureAwait(false);
            if (verdict.IsAccepted)
            {
                alarms.Clear(OperatorsAlarm);
                return;
            }

            var refused = verdict.IsUnknown || verdict.IsOperatorsFault
                ? new HashSet<DeploymentTicket>()
                : await acceptance.FindRefusedAsync(before, changes).ConfigureAwait(false);
            if (refused.Count == 0)
            {
                alarms.Raise(OperatorsAlarm, Describe(verdict));
                return;
            }

            var undone = await TakeBackAsync([.. changes.Where(change => refused.Contains(change.Ticket))]).ConfigureAwait(false);
            alarms.Raise(ChangeAlarm, new Diagnostic
            {
                Id = DiagnosticIds.RefusedAfterwards,
                Severity = DiagnosticSeverity.Error,
                Message = $"HAProxy refuses {refused.Count} change{(refused.Count == 1 ? "" : "s")} that had been made at run time; taking back ended as {undone}: {Describe(verdict).Message}",
                Location = Describe(verdict).Location,
            });
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
        catch (Exception e) when (e is ConfigFileException or ObjectDisposedException)
        {
            alarms.Raise(OperatorsAlarm, Findings.Error(DiagnosticIds.OperatorConfigurationInvalid, $"{file.Path} could not be checked: {e.Message}"));
        }
    }

    private async Task<DeploymentOutcome> TakeBackAsync(List<ComposedChange> refused)
    {
        var request = new DeploymentRequest
        {
            Edit = document => Enumerable.Reverse(refused).Aggregate(document, (current, change) => change.Undo(current)),
            Undo = document => refused.Aggregate(document, (current, change) => change.Request.Edit(current)),
            IsManaged = name => refused.Exists(change => change.Request.IsManaged(name)),
            IsReversal = true,
        };
        return (await deploy(request).ConfigureAwait(false)).Outcome;
    }

    /// <summary>What HAProxy says, with the line that it names.</summary>
    private static Diagnostic Describe(CandidateVerdict verdict) =>
        verdict.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Location is not null)
        ?? verdict.Diagnostics.FirstOrDefault()
        ?? Findings.Error(DiagnosticIds.OperatorConfigurationInvalid, "HAProxy refuses the file, and does not say why");
}
