using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Tests.Support;

/// <summary>
/// Sets and reads extended attributes as <c>setfattr</c> and <c>setfacl</c> do, which not every machine has.
/// </summary>
internal static partial class ExtendedAttribute
{
    internal const string AccessList = "system.posix_acl_access";

    internal static void Set(string path, string name, byte[] value)
    {
        const int NotSupported = 95;
        if (SetXAttr(path, name, value, (nuint)value.Length, 0) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Assert.SkipWhen(error == NotSupported, $"The file system of {path} has no extended attributes");
            Assert.Fail($"setxattr {name}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    internal static byte[]? Get(string path, string name)
    {
        var buffer = new byte[1024];
        var had = GetXAttr(path, name, buffer, (nuint)buffer.Length);
        return had < 0 ? null : buffer[..(int)had];
    }

    /// <summary>
    /// The access list <c>user::rw-, user:ID:r--, group::r--, mask::r--, other::---</c> in the kernel's form.
    /// </summary>
    internal static byte[] AccessListWithReader(uint user)
    {
        (ushort Tag, ushort Rights, uint Id)[] entries =
            [(1, 6, uint.MaxValue), (2, 4, user), (4, 4, uint.MaxValue), (16, 4, uint.MaxValue), (32, 0, uint.MaxValue)];
        byte[] version = [2, 0, 0, 0];
        return [.. version, .. entries.SelectMany(e =>
            (byte[])[.. BitConverter.GetBytes(e.Tag), .. BitConverter.GetBytes(e.Rights), .. BitConverter.GetBytes(e.Id)])];
    }

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetXAttr(string path, string name, byte[] value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetXAttr(string path, string name, byte[] value, nuint size);
}
