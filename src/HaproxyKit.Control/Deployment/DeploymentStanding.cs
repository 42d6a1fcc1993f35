using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>How a deployer and its file stand: what it wrote last, and whether HAProxy is still to follow that.</summary>
internal sealed class DeploymentStanding
{
    private int _underWay;
    private ConfigDocument? _lastDeployed;
    private ImmutableHashSet<string> _closed = [];

    /// <summary>What was written last, or found as wanted; null before the first change.</summary>
    internal ConfigDocument? LastDeployed => Volatile.Read(ref _lastDeployed);

    /// <summary>The frontends that are closed at run time as they shall be, or may be so: a change that closes or opens them is under way.</summary>
    internal IReadOnlySet<string> ClosedFrontends => Volatile.Read(ref _closed);

    /// <summary>Whether a change is written, and HAProxy does not follow it yet.</summary>
    internal bool IsUnderWay => Volatile.Read(ref _underWay) > 0;

    /// <summary>Notes that a change is about to be written.</summary>
    /// <returns>To be disposed of when HAProxy follows, or all is undone.</returns>
    internal IDisposable Begin() => new Way(this);

    /// <summary>Notes what stands in the file.</summary>
    /// <param name="document">The document.</param>
    /// <param name="isNew">Whether it was written; what was only found says nothing where something is known.</param>
    internal void Note(ConfigDocument document, bool isNew)
    {
        if (isNew)
        {
            Volatile.Write(ref _lastDeployed, document);
        }
        else
        {
            Interlocked.CompareExchange(ref _lastDeployed, document, null);
        }
    }

    /// <summary>Notes that these may be closed from now on.</summary>
    internal void NoteClosing(ImmutableHashSet<string> frontends) => ImmutableInterlocked.Update(ref _closed, closed => closed.Union(frontends));

    /// <summary>Notes that of those that are managed these are closed.</summary>
    internal void NoteClosed(ImmutableHashSet<string> frontends, Func<string, bool> isManaged) =>
        ImmutableInterlocked.Update(ref _closed, closed => frontends.Union(closed.Where(name => !isManaged(name))));

    private sealed class Way : IDisposable
    {
        private readonly DeploymentStanding _standing;

        internal Way(DeploymentStanding standing)
        {
            _standing = standing;
            Interlocked.Increment(ref standing._underWay);
        }

        public void Dispose() => Interlocked.Decrement(ref _standing._underWay);
    }
}
