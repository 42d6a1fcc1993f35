using System.Diagnostics;
using Xunit;

namespace HaproxyKit.Testing;

/// <summary>A file system of sixteen pages in memory, which can be full.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int Page = 4096;

    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    private string Ballast => _folder.File("ballast");

    /// <summary>Mounts one; a test whose user may not is skipped.</summary>
    /// <returns>The file system, empty.</returns>
    public static SmallDisk Mount()
    {
        var disk = new SmallDisk();
        var (code, output) = Run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", disk.Path);
        if (code != 0)
            disk._folder.Dispose();
        Assert.SkipWhen(code != 0, $"A small file system takes the right to mount one: {output}");
        return disk;
    }

    /// <summary>Mounts it anew with other options.</summary>
    /// <param name="options">The options, as mount takes them: <c>ro</c>, say.</param>
    public void Remount(string options)
    {
        var (code, output) = Run("mount", "-o", $"remount,{options}", Path);
        Assert.True(code == 0, output);
    }

    /// <summary>Takes all room but so many pages.</summary>
    /// <param name="freePages">How many pages of 4,096 bytes stay free.</param>
    public void Fill(int freePages)
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[Page];
        try
        {
            while (true)
                file.Write(page);
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, (file.Length / Page * Page) - (freePages * Page)));
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> has taken.</summary>
    public void Empty() => File.Delete(Ballast);

    /// <summary>Takes the file system away with all that it holds.</summary>
    public void Dispose()
    {
        var (code, output) = Run("umount", "--lazy", Path);
        Assert.True(code == 0, output);
        _folder.Dispose();
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
