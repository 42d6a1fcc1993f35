using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Unix;

/// <summary>
/// A file beside a target, under a name that no <c>-f</c> folder of HAProxy loads (it begins with a dot and does not
/// end in <c>.cfg</c>), locked while its process lives, and removed when disposed of.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <summary>
    /// How every temporary name of this package ends, so that leftovers of a killed process are known as ours.
    /// </summary>
    internal const string Suffix = ".haproxykit~";

    private const int MaxAttempts = 16;
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);
    private readonly FileStream stream;
    private string? path;

    private TemporaryFile(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
    }

    internal string Path => path ?? throw new InvalidOperationException("The file has been given away.");

    internal SafeFileHandle Handle => stream.SafeFileHandle;

    /// <summary>The status by which the file is known while nobody writes it; null where it was not dated, or the file system takes no date.</summary>
    internal FileStatus? Dated { get; private set; }

    /// <summary>Makes an empty file that only its owner may read.</summary>
    /// <param name="folder">The folder, which must exist.</param>
    /// <param name="targetName">The name, without a folder, of the file that it stands in for.</param>
    /// <exception cref="IOException">The folder takes no new file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    internal static TemporaryFile Create(string folder, string targetName)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("HAProxy and its files live on Unix.");
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,

            // A shared lock keeps those away who clear leftovers, as they ask for all of it, and not those who read the file under its last name.
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        for (var attempt = 1; ; attempt++)
        {
            var name = System.IO.Path.Combine(folder, $"{Prefix(targetName)}{RandomPart()}{Suffix}");
            try
            {
                var made = new FileStream(name, options);

                // Another process that clears leftovers may have taken the file before it was locked.
                if (FileStatus.Of(made.SafeFileHandle).LinkCount > 0)
                {
                    return new TemporaryFile(name, made);
                }

                made.Dispose();
            }
            catch (IOException e) when (attempt < MaxAttempts && e.HResult is Errno.Exists or Errno.TryAgain)
            {
                // The name is taken, or who clears leftovers has locked the file before this process could.
            }
        }
    }

    /// <summary>How temporary names for a target begin.</summary>
    internal static string Prefix(string targetName) => $".{targetName}.";

    internal static string RandomPart() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    internal void Write(ReadOnlySpan<byte> content) => RandomAccess.Write(Handle, content, 0);

    internal void SetMode(UnixFileMode mode)
    {
        if (Libc.FChMod(Handle, (uint)mode) != 0)
        {
            throw UnixException.Last($"cannot set the mode of {Path}");
        }
    }

    /// <summary>
    /// Dates the file a moment earlier than the system does, as no later write can: its status alone tells then whether it holds what was written here.
    /// </summary>
    internal void Date()
    {
        try
        {
            var written = FileStatus.Of(Handle);
            File.SetLastWriteTimeUtc(Handle, (written.ModifiedAt - Moment).UtcDateTime);
            var dated = FileStatus.Of(Handle);
            Dated = dated.ModifiedAt < written.ModifiedAt ? dated : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who may not date it reads it again.
            Dated = null;
        }
    }

    internal void Flush() => FileSystem.Flush(Handle, Path);

    /// <summary>Gives the file another name; it is removed under that one then.</summary>
    internal void MoveTo(string newPath)
    {
        FileSystem.Rename(Path, newPath);
        path = newPath;
    }

    /// <summary>Ends writing, and with it the lock; the file is still removed when disposed of.</summary>
    internal void Close() => stream.Dispose();

    /// <summary>Leaves the file where it is.</summary>
    internal void GiveAway() => path = null;

    /// <summary>Removes the file and closes it.</summary>
    public void Dispose()
    {
        try
        {
            if (path is { } mine)
            {
                path = null;
                FileSystem.Remove(mine);
            }
        }
        finally
        {
            stream.Dispose();
        }
    }
}
