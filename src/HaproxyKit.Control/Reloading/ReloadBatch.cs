namespace HaproxyKit.Control.Reloading;

/// <summary>The requests that share one reload.</summary>
internal sealed class ReloadBatch
{
    private readonly TaskCompletionSource<ReloadResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many have joined and not left; guarded by the gate of the reloader.</summary>
    internal int Requests { get; set; }

    /// <summary>Why the first of them asked; null as long as there is none.</summary>
    internal ReloadReason? Reason { get; set; }

    /// <summary>What became of the reload.</summary>
    internal Task<ReloadResult> Result => result.Task;

    internal void Succeed(ReloadResult value) => result.SetResult(value);

    internal void Fail(Exception why)
    {
        result.SetException(why);

        // All may have left meanwhile, and then nobody looks.
        _ = result.Task.Exception;
    }
}
