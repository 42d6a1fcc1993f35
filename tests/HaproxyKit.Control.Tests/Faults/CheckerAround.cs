using HaproxyKit.Control.Checking;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>Does something right after HAProxy has judged a candidate, before the file is written.</summary>
internal sealed class CheckerAround(IConfigChecker inner, Action after) : IConfigChecker
{
    public Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default) =>
        AfterAsync(inner.CheckAsync(candidate, cancellationToken));

    public Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default) => AfterAsync(inner.CheckAsync(cancellationToken));

    private async Task<CheckResult> AfterAsync(Task<CheckResult> check)
    {
        var result = await check;
        after();
        return result;
    }
}
