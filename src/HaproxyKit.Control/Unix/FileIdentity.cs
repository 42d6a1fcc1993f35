namespace HaproxyKit.Control.Unix;

/// <summary>Which file it is, whatever its name: two names with one identity are one file.</summary>
/// <param name="DeviceMajor">The major number of the device that holds it.</param>
/// <param name="DeviceMinor">The minor number of that device.</param>
/// <param name="Inode">Its number there.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
