using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>What was seen of HAProxy before a change.</summary>
/// <param name="Running">What it serves, all of it or the proxies in question; null where it does not answer.</param>
/// <param name="Unreachable">Why it does not answer, or null.</param>
/// <param name="Worker">The settled worker that serves; null where there was none to be seen.</param>
internal sealed record Observation(RunningState? Running, Diagnostic? Unreachable, WorkerIdentity? Worker)
{
    /// <summary>Whether a change was broken off by the end of a process, so that only a reload makes HAProxy what the file says.</summary>
    internal bool IsUnfinished { get; init; }

    /// <summary>Whether all proxies were looked at.</summary>
    internal bool IsWhole => Running is { Scope: null };
}
