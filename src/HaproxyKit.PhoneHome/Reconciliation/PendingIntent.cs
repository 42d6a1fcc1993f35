using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>An intent and whoever waits for its outcome.</summary>
/// <param name="intent">What is wanted.</param>
/// <param name="leave">Called once, just before the outcome is told; null for nothing.</param>
internal sealed class PendingIntent(MappingIntent intent, Action<PendingIntent>? leave = null)
{
    private bool _hasLeft;

    private readonly TaskCompletionSource<MappingOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal MappingIntent Intent { get; } = intent;

    internal Task<MappingOutcome> Outcome => _outcome.Task;

    /// <summary>What the intent was decided to be, in the attempt under way.</summary>
    internal MappingChange Change { get; set; }

    /// <summary>Whether HAProxy has to follow something new for it.</summary>
    internal bool ChangesSomething => Change is not (MappingChange.Unchanged or MappingChange.Absent);

    /// <summary>Whether a signed call was found to be new: in a further attempt it is not taken for its own replay.</summary>
    internal bool IsNew { get; set; }

    /// <summary>The frontend port that the intent is about; 0 for none.</summary>
    internal int FrontendPort => Intent switch
    {
        MappingIntent.Call { Command.FrontendPort: var port } => port,
        MappingIntent.Lapse { FrontendPort: var port } => port,
        _ => 0,
    };

    internal bool IsAnswered => _outcome.Task.IsCompleted;

    internal void Answer(MappingOutcome outcome)
    {
        Leave();
        _outcome.TrySetResult(outcome);
    }

    internal void Fail(Exception exception)
    {
        Leave();
        _outcome.TrySetException(exception);
    }

    private void Leave()
    {
        if (!Interlocked.Exchange(ref _hasLeft, true))
        {
            leave?.Invoke(this);
        }
    }
}
