using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Tests.Support;

/// <summary>Does something to files with the rights of another user, on a thread of its own.</summary>
internal static partial class AsUser
{
    private const uint NobodyId = 65534;

    /// <summary>
    /// The kernel keeps a user for file access with each thread, and takes root's rights over files from it too.
    /// </summary>
    internal static T Nobody<T>(Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileGroup(NobodyId);
            _ = SetFileUser(NobodyId);
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("The work failed", failure);
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial int SetFileGroup(uint group);
}
