using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>
/// Somebody else's reload, held up at one of HAProxy's later files: those before it have been read as they were, and no new worker comes before
/// it is let go. The file is a pipe for as long as HAProxy opens it, and for everybody else what it was.
/// </summary>
internal sealed class HeldReload : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FileStream pipe;
    private readonly byte[] content;

    private HeldReload(FileStream pipe, byte[] content) => (this.pipe, this.content) = (pipe, content);

    /// <summary>Has HAProxy reload, and waits until it reads the file.</summary>
    internal static async Task<HeldReload> BeginAsync(HaproxyInstance instance, string path)
    {
        var held = await File.ReadAllBytesAsync(path);
        var (fifo, copy) = (path + ".fifo~", path + ".copy~");
        Shell.Run("mkfifo", fifo);
        await File.WriteAllBytesAsync(copy, held);
        File.Move(fifo, path, overwrite: true);
        instance.Signal(ProcessSignal.User2);

        // Opening it ends when the other side has.
        var opening = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        try
        {
            return new HeldReload(await opening.WaitAsync(Patience), held);
        }
        catch (TimeoutException)
        {
            await using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            (await opening).Dispose();
            throw;
        }
        finally
        {
            File.Move(copy, path, overwrite: true);
        }
    }

    /// <summary>Lets HAProxy read on.</summary>
    internal void LetGo()
    {
        pipe.Write(content);
        pipe.Dispose();
    }

    public void Dispose() => pipe.Dispose();
}
