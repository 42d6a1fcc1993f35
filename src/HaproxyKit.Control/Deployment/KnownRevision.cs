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

    private readonly FileStatus? _status;

    private KnownRevision(ConfigRevision revision, FileStatus? status) => (Revision, _status) = (revision, status);

    /// <summary>The revision.</summary>
    internal ConfigRevision Revision { get; }

    /// <summary>A revision whose file may have been written again at once, with the same stamp.</summary>
    internal static KnownRevision Of(ConfigRevision revision) => new(revision, status: null);

    /// <param name="revision">A revision that was read.</param>
    /// <param name="status">The file's status afterwards.</param>
    /// <param name="isSettled">Whether nobody was writing it.</param>
    /// <param name="begin">When it was begun to be read, by the system's clock.</param>
    internal static KnownRevision Of(ConfigRevision revision, in FileStatus status, bool isSettled, DateTimeOffset begin) =>
        new(revision, isSettled && status.ChangedAt < begin - TickOf(status.ChangedAt) ? status : null);

    /// <summary>Whether the file of a name holds this revision for sure; false where only reading it would tell.</summary>
    internal bool IsStill(string resolved) =>
        _status is { } then && Revision.ResolvedPath == resolved && FileStatus.OfName(resolved) is { } now && now.IsSameAs(then);

    private static TimeSpan TickOf(DateTimeOffset stamp) => stamp.Ticks % TimeSpan.TicksPerMillisecond == 0 ? CoarseTick : Tick;
}
