using System.Text;
using HaproxyKit.Control.Checking;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>A check that a test may answer itself, by the text of the candidate, and that counts.</summary>
internal sealed class CheckerAround(IConfigChecker inner, Func<string, CheckResult?> answer) : IConfigChecker
{
    private int _checks;

    internal int Checks => Volatile.Read(ref _checks);

    public async Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _checks);
        return answer(Encoding.UTF8.GetString(candidate.Content.Span)) ?? await inner.CheckAsync(candidate, cancellationToken);
    }

    public Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default) => inner.CheckAsync(cancellationToken);
}
