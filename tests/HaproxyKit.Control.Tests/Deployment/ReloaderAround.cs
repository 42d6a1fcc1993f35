using HaproxyKit.Control.Reloading;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Does something just before each reload, after the candidate was judged and the file written.</summary>
internal sealed class ReloaderAround(IReloader inner, Func<Task> before) : IReloader
{
    internal int Reloads { get; private set; }

    public async Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        Reloads++;
        await before();
        return await inner.ReloadAsync(expectation, cancellationToken);
    }
}
