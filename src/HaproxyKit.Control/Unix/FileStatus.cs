using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Unix;

/// <summary>What the system knows about a file: who owns it, its mode, and which file it is.</summary>
internal readonly record struct FileStatus
{
    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int DirectoryKind = 0x4000;
    private const ulong ImmutableAttribute = 0x10;
    private const ulong AppendOnlyAttribute = 0x20;
    private const ulong MountRootAttribute = 0x2000;

    internal required UnixFileMode Mode { get; init; }

    internal required uint UserId { get; init; }

    internal required uint GroupId { get; init; }

    internal required long Size { get; init; }

    internal required uint LinkCount { get; init; }

    internal required FileIdentity Identity { get; init; }

    internal required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When content, name or attributes were last changed: unlike <see cref="ModifiedAt"/> nobody can set it.</summary>
    internal required DateTimeOffset ChangedAt { get; init; }

    internal required bool IsRegular { get; init; }

    internal required bool IsDirectory { get; init; }

    /// <summary>Whether <c>chattr +i</c> or <c>+a</c> forbids replacing the file, whoever tries.</summary>
    internal required bool IsImmutable { get; init; }

    /// <summary>Whether something is mounted on the name itself, as containers do with single files.</summary>
    internal required bool IsMountPoint { get; init; }

    internal static FileStatus Of(SafeFileHandle file)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Libc.StatX(
                (int)file.DangerousGetHandle(), "", Libc.StatEmptyPath, Libc.StatBasic, out var buffer) == 0
                ? From(buffer)
                : throw UnixException.Last("cannot read the status of an open file");
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>The status of the name itself, not of what a link points at; null when there is none.</summary>
    internal static FileStatus? OfName(string path)
    {
        if (Libc.StatX(Libc.CurrentFolder, path, Libc.StatNoFollow, Libc.StatBasic, out var buffer) == 0)
        {
            return From(buffer);
        }

        var error = UnixException.Last($"cannot read the status of {path}");
        return error.Number == Errno.NoEntry ? null : throw error;
    }

    /// <summary>Whether two looks at a name have met one file that nobody has written, given away or renamed in between.</summary>
    internal bool IsSameAs(in FileStatus other) => HoldsSameAs(other) && ChangedAt == other.ChangedAt;

    /// <summary>Whether two looks have met one file that nobody has written in between; it may have got another name.</summary>
    internal bool HoldsSameAs(in FileStatus other) => Identity == other.Identity && Size == other.Size && ModifiedAt == other.ModifiedAt;

    private static FileStatus From(in StatXBuffer buffer) => new()
    {
        Mode = (UnixFileMode)(buffer.Mode & 0xFFF),
        UserId = buffer.UserId,
        GroupId = buffer.GroupId,
        Size = (long)buffer.Size,
        LinkCount = buffer.LinkCount,
        Identity = new FileIdentity(buffer.DeviceMajor, buffer.DeviceMinor, buffer.Inode),
        ModifiedAt = Instant(buffer.ModifiedSeconds, buffer.ModifiedNanoseconds),
        ChangedAt = Instant(buffer.ChangedSeconds, buffer.ChangedNanoseconds),
        IsRegular = (buffer.Mode & KindMask) == RegularKind,
        IsDirectory = (buffer.Mode & KindMask) == DirectoryKind,
        IsImmutable = (buffer.Attributes & (ImmutableAttribute | AppendOnlyAttribute)) != 0,
        IsMountPoint = (buffer.Attributes & MountRootAttribute) != 0,
    };

    private static DateTimeOffset Instant(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
