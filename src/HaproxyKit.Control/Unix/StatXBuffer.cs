using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Unix;

/// <summary>
/// <c>struct statx</c> of Linux: its layout is the same on every processor, unlike that of <c>struct stat</c>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatXBuffer
{
    [FieldOffset(8)]
    internal ulong Attributes;

    [FieldOffset(16)]
    internal uint LinkCount;

    [FieldOffset(20)]
    internal uint UserId;

    [FieldOffset(24)]
    internal uint GroupId;

    [FieldOffset(28)]
    internal ushort Mode;

    [FieldOffset(32)]
    internal ulong Inode;

    [FieldOffset(40)]
    internal ulong Size;

    [FieldOffset(96)]
    internal long ChangedSeconds;

    [FieldOffset(104)]
    internal uint ChangedNanoseconds;

    [FieldOffset(112)]
    internal long ModifiedSeconds;

    [FieldOffset(120)]
    internal uint ModifiedNanoseconds;

    [FieldOffset(136)]
    internal uint DeviceMajor;

    [FieldOffset(140)]
    internal uint DeviceMinor;
}
