using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>One thing that the Runtime API does without a reload (management guide, chapter 9.3).</summary>
public abstract record RuntimeStep : DeploymentStep
{
    private protected RuntimeStep()
    {
    }

    /// <summary>The frontend, backend or listen section whose running state shows whether it was done; null where another command tells.</summary>
    public abstract string? Proxy { get; }

    /// <summary>Whether <c>show servers state</c> alone shows what <see cref="HoldsIn"/> looks at: HAProxy goes through all its proxies to tell more of one.</summary>
    internal virtual bool ShowsInServersState => false;

    /// <summary>Asks HAProxy to do it.</summary>
    /// <exception cref="RuntimeException">There was no whole answer; HAProxy may have acted all the same.</exception>
    internal abstract Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken);

    /// <summary>Whether HAProxy is as the step wants it: what is read back after the command, and what makes the command needless before it.</summary>
    /// <param name="state">What HAProxy serves, <see cref="Proxy"/> among it.</param>
    internal abstract bool HoldsIn(RunningState state);

    /// <summary>Whether HAProxy is as the step wants it, where more has to be asked than the running state holds.</summary>
    internal virtual ValueTask<bool> HoldsAsync(RuntimeClient runtime, RunningState state, CancellationToken cancellationToken) => new(HoldsIn(state));
}
