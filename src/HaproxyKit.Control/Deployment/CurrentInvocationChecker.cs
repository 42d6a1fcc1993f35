using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Checks with whatever starts HAProxy at the moment of the check: a restart may have changed its files, its folder or its environment.</summary>
internal sealed class CurrentInvocationChecker(InvocationSource source, TimeProvider time) : IConfigChecker
{
    public Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default) =>
        CheckAsync(checker => checker.CheckAsync(candidate, cancellationToken), cancellationToken);

    public Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default) =>
        CheckAsync(checker => checker.CheckAsync(cancellationToken), cancellationToken);

    internal Task<InvocationReading> ReadInvocationAsync(CancellationToken cancellationToken) => source.ReadAsync(cancellationToken);

    /// <summary>Whether the HAProxy that would be asked how it is started runs.</summary>
    internal Task<bool> IsRunningAsync(CancellationToken cancellationToken) => source.IsRunningAsync(cancellationToken);

    private async Task<CheckResult> CheckAsync(Func<HaproxyChecker, Task<CheckResult>> check, CancellationToken cancellationToken)
    {
        var reading = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reading.IsRead
            ? await check(new HaproxyChecker(reading.Invocation, time: time)).ConfigureAwait(false)
            : new CheckResult
            {
                Verdict = CheckVerdict.Unavailable,
                Diagnostics = [Findings.Error(DiagnosticIds.HaproxyUnreachable, reading.Message, "say in the settings how HAProxy is started: its files, its folder, its program")],
            };
    }
}
