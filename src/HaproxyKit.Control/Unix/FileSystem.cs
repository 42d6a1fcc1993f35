using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Unix;

/// <summary>Names, links and locks, as Linux has them.</summary>
internal static unsafe class FileSystem
{
    private const int MaxPath = 4096;

    /// <summary>The name with all its links resolved, those of its folders included.</summary>
    /// <exception cref="UnixException">The name, or what a link in it points at, does not exist.</exception>
    internal static string ResolveLinks(string path)
    {
        var buffer = stackalloc byte[MaxPath];
        return Libc.RealPath(path, buffer) != 0
            ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer))
            : throw UnixException.Last($"cannot resolve {path}");
    }

    /// <summary>Swaps two names in one step: at every instant both exist.</summary>
    /// <returns>False where the file system, the kernel or the C library cannot do that.</returns>
    /// <exception cref="UnixException">The exchange failed for another reason.</exception>
    internal static bool TryExchange(string one, string other)
    {
        try
        {
            if (Libc.RenameAt2(Libc.CurrentFolder, one, Libc.CurrentFolder, other, Libc.RenameExchange) == 0)
            {
                return true;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        var error = UnixException.Last($"cannot exchange {one} and {other}");
        return error.Number is Errno.InvalidArgument or Errno.NotImplemented or Errno.NotSupported
            ? false
            : throw error;
    }

    internal static void Rename(string from, string to)
    {
        if (Libc.Rename(from, to) != 0)
        {
            throw UnixException.Last($"cannot rename {from} to {to}");
        }
    }

    /// <summary>Removes a name; one that is gone already is no error.</summary>
    internal static void Remove(string path)
    {
        if (Libc.Unlink(path) != 0 && Marshal.GetLastPInvokeError() != Errno.NoEntry)
        {
            throw UnixException.Last($"cannot remove {path}");
        }
    }

    /// <summary>
    /// Opens a file or a folder for reading. Unlike .NET's own files it takes no lock, and minds none.
    /// </summary>
    /// <exception cref="UnixException">It does not exist or may not be read.</exception>
    internal static SafeFileHandle OpenForReading(string path)
    {
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw UnixException.Last($"cannot open {path}");
    }

    /// <summary>Has what was written, or the names of a folder, survive a power cut.</summary>
    internal static void Flush(SafeFileHandle file, string name)
    {
        // Some network file systems cannot flush a folder and say EINVAL; there is nothing more that one could do.
        if (Libc.FSync(file) != 0 && Marshal.GetLastPInvokeError() != Errno.InvalidArgument)
        {
            throw UnixException.Last($"cannot flush {name}");
        }
    }

    /// <returns>True when the lock is ours, false when another process, or another handle of ours, has it.</returns>
    internal static bool TryLock(SafeFileHandle file)
    {
        if (Libc.FLock(file, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.TryAgain
            ? false
            : throw UnixException.Last("cannot lock a file");
    }

    /// <summary>
    /// Whether somebody has the file open for writing at this moment; false also where that cannot be told.
    /// </summary>
    /// <param name="file">The file, open for reading only.</param>
    /// <remarks>
    /// A read lease is granted only while nobody has the file open for writing. It is given back at once; whoever opens
    /// the file in that microsecond waits for just so long.
    /// </remarks>
    internal static bool HasWriter(SafeFileHandle file)
    {
        if (Libc.FControl(file, Libc.ControlSetSignal, Libc.HarmlessSignal) != 0)
        {
            return false;
        }

        if (Libc.FControl(file, Libc.ControlSetLease, Libc.LeaseRead) == 0)
        {
            _ = Libc.FControl(file, Libc.ControlSetLease, Libc.LeaseNone);
            return false;
        }

        return Marshal.GetLastPInvokeError() == Errno.TryAgain;
    }
}
