using System.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>A request on its way, and the promise of its result. It may be withdrawn until it is sealed, just before the file is written.</summary>
internal sealed class DeploymentTicket
{
    private const int Waiting = 0;
    private const int Sealed = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<DeploymentResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _withdrawal;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private int _standing;

    internal DeploymentTicket(DeploymentRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        Request = request;
        _time = time;
        _startedAt = time.GetUtcNow();
        _started = time.GetTimestamp();
        _withdrawal = cancellationToken.UnsafeRegister(
            static (ticket, token) => ((DeploymentTicket)ticket!).Withdraw(token), this);
    }

    internal DeploymentRequest Request { get; }

    /// <summary>The activity in which it was asked for.</summary>
    internal ActivityContext Asking { get; } = Activity.Current?.Context ?? default;

    internal Task<DeploymentResult> Result => _result.Task;

    /// <summary>Whether nobody waits for it any more.</summary>
    internal bool IsOver => _result.Task.IsCompleted;

    /// <summary>From here on it is carried through.</summary>
    /// <returns>False where it was withdrawn before.</returns>
    internal bool TrySeal() => Interlocked.CompareExchange(ref _standing, Sealed, Waiting) != Withdrawn;

    internal void Complete(DeploymentResult result)
    {
        _withdrawal.Unregister();
        _result.TrySetResult(result with { Started = _startedAt, Duration = _time.GetElapsedTime(_started) });
    }

    internal void Fail(Exception why)
    {
        _withdrawal.Unregister();
        _result.TrySetException(why);
    }

    private void Withdraw(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _standing, Withdrawn, Waiting) == Waiting)
        {
            _result.TrySetCanceled(cancellationToken);
        }
    }
}
