using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Unix;

/// <summary>
/// Copies what a file carries beside its bytes: access lists, labels, and the attributes that people set.
/// </summary>
internal static unsafe class ExtendedAttributes
{
    private const int MaxAttempts = 8;

    /// <summary>Gives one file the extended attributes of another, and none besides.</summary>
    /// <returns>The name of the first attribute that could not be carried over, or null when all were.</returns>
    /// <exception cref="UnixException">The attributes could not be read.</exception>
    internal static string? Copy(SafeFileHandle from, SafeFileHandle to)
    {
        var wanted = Names(from);
        foreach (var extra in Names(to).Except(wanted, StringComparer.Ordinal))
        {
            var name = Terminated(extra);
            fixed (byte* first = name)
            {
                if (Libc.FRemoveXAttr(to, first) != 0 && !IsInherent(extra))
                {
                    return extra;
                }
            }
        }

        return wanted.FirstOrDefault(name => !CopyOne(from, to, name));
    }

    /// <summary>
    /// A security label is given by the system to every file, and may be neither set nor removed by us.
    /// </summary>
    private static bool IsInherent(string name) => name.StartsWith("security.", StringComparison.Ordinal);

    private static bool CopyOne(SafeFileHandle from, SafeFileHandle to, string name)
    {
        if (Read(from, name) is not { } value
            || (Read(to, name) is { } present && value.AsSpan().SequenceEqual(present)))
        {
            return true;
        }

        fixed (byte* first = Terminated(name))
        fixed (byte* bytes = value)
        {
            return Libc.FSetXAttr(to, first, bytes, (nuint)value.Length, 0) == 0;
        }
    }

    private static List<string> Names(SafeFileHandle file)
    {
        var list = ReadWhole((buffer, size) => Libc.FListXAttr(file, buffer, size), "cannot list extended attributes");
        return list is null
            ? []
            : [.. Encoding.UTF8.GetString(list).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static byte[]? Read(SafeFileHandle file, string name)
    {
        var terminated = Terminated(name);
        return ReadWhole(
            (buffer, size) =>
            {
                fixed (byte* first = terminated)
                {
                    return Libc.FGetXAttr(file, first, buffer, size);
                }
            },
            $"cannot read the extended attribute {name}");
    }

    private delegate nint Reader(byte* buffer, nuint size);

    /// <summary>
    /// Asks for the size, then for the bytes, again when they grew in between; null where there are none.
    /// </summary>
    private static byte[]? ReadWhole(Reader read, string tried)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var size = read(null, 0);
            if (size >= 0)
            {
                var buffer = new byte[size];
                fixed (byte* first = buffer)
                {
                    var had = size == 0 ? 0 : read(first, (nuint)size);
                    if (had >= 0)
                    {
                        return buffer[..(int)had];
                    }
                }
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.NotSupported or Errno.NoData:
                    return null;
                case Errno.OutOfRange:
                    continue;
                default:
                    throw UnixException.Last(tried);
            }
        }

        throw UnixException.Of(tried, Errno.OutOfRange);
    }

    private static byte[] Terminated(string name) => Encoding.UTF8.GetBytes(name + '\0');
}
