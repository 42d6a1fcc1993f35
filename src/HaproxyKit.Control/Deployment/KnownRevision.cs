using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>A revision that was read or written, and whether it can be seen to stand there still without its being read.</summary>
internal sealed class KnownRevision
{
    /// <summary>
    /// What is written within one tick of a file system's clock may bear the same stamp. Most stamp by nanoseconds, of a clock that advances in
    /// steps of ten milliseconds at most.
    /// </summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    /// <summary>Some know only seconds, and VFAT every second one.</summary>
    private static readonly TimeSpan CoarseTick = TimeSpan.FromSeconds(2.5);

    private KnownRevision(ConfigRevision revision, FileStatus? status) => (Revision, Status) = (revision, status);

    /// <summary>The revision.</summary>
    internal ConfigRevision Revision { get; }

    /// <summary>The status of the file while it held the revision, which another write would change for sure; null where none is known.</summary>
    internal FileStatus? Status { get; }

    /// <param name="revision">A revision that was written.</param>
    /// <param name="dated">The status by which its file was known before it got its name, or null.</param>
    internal static KnownRevision Of(ConfigRevision revision, in FileStatus? dated) =>
        new(revision, dated is { } then && StatusOf(revision.ResolvedPath) is { } now && now.HoldsSameAs(then) ? now : null);

    /// <param name="revision">A revision that was read.</param>
    /// <param name="status">The file's status afterwards.</param>
    /// <param name="isSettled">Whether nobody was writing it.</param>
    /// <param name="begin">When it was begun to be read, by the system's clock.</param>
    internal static KnownRevision Of(ConfigRevision revision, in FileStatus status, bool isSettled, DateTimeOffset begin) =>
        new(revision, isSettled && status.ChangedAt < begin - TickOf(status.ChangedAt) ? status : null);

    /// <summary>Whether the file of a name holds this revision for sure; false where only reading it would tell.</summary>
    internal bool IsStill(string resolved) =>
        Status is { } then && Revision.ResolvedPath == resolved && StatusOf(resolved) is { } now && now.IsSameAs(then);

    private static FileStatus? StatusOf(string resolved)
    {
        try
        {
            return FileStatus.OfName(resolved);
        }
        catch (UnixException)
        {
            return null;
        }
    }

    private static TimeSpan TickOf(DateTimeOffset stamp) => stamp.Ticks % TimeSpan.TicksPerMillisecond == 0 ? CoarseTick : Tick;
}
