using HaproxyKit.Control.Deployment;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What the system says of a file without its being read: another stamp means that somebody has written it.</summary>
/// <param name="WrittenAt">When it was written last.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileStamp(DateTime WrittenAt, long Length)
{
    /// <summary>The stamp that a file had when a revision of it was read.</summary>
    internal static FileStamp Of(ConfigRevision revision) => new(revision.ModifiedAt.UtcDateTime, revision.Content.Length);

    /// <summary>The stamp of a file; null where there is none.</summary>
    internal static FileStamp? Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new FileStamp(info.LastWriteTimeUtc, info.Length) : null;
    }
}
