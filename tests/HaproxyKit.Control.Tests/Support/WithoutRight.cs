using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Tests.Support;

/// <summary>
/// Does something without root's right to low ports, on a thread of its own: the kernel keeps rights with each thread.
/// </summary>
internal static unsafe partial class WithoutRight
{
    private const uint Version3 = 0x20080522;
    private const uint BindLowPorts = 1u << 10;

    internal static T ToLowPorts<T>(Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var header = new Header { Version = Version3 };
                var data = stackalloc Data[2];
                Check(Get(&header, data));
                data[0].Effective &= ~BindLowPorts;
                Check(Set(&header, data));
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

    private static void Check(int code) =>
        Assert.True(code == 0, $"capabilities: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    private static partial int Get(Header* header, Data* data);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int Set(Header* header, Data* data);

    private struct Header
    {
        internal uint Version;
        internal int Pid;
    }

    /// <summary>Three masks of rights; the kernel takes two of these, for 64 rights.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private struct Data
    {
        internal uint Effective;
    }
}
