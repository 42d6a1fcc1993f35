using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A folder of our own for small files that outlive a restart. Files are written beside and renamed, so that a reader, also after a crash,
/// finds the old content or the new, never half of one. Folder and files can be read by their owner alone.
/// </summary>
public sealed class StateFolder
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    /// <summary>The folder at a path, made where it is missing.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public StateFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("HAProxy and its files live on Unix.");
        }

        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The names of the files, without those on their way.</summary>
    /// <returns>The names, sorted.</returns>
    public IReadOnlyList<string> Names() =>
    [
        .. Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName).OfType<string>()
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes a file, whole or not at all, and makes it last.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="content">The new content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        using var file = TemporaryFile.Create(Path, RequireName(name));
        file.Write(content);
        file.Flush();
        file.MoveTo(Of(name));
        file.GiveAway();
        FlushFolder();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The content, or null where there is no such file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(Of(name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file, and makes that last.</summary>
    /// <param name="name">The file's name, without a folder. It need not be there.</param>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    public void Delete(string name)
    {
        FileSystem.Remove(Of(name));
        FlushFolder();
    }

    /// <summary>Marks a file, made empty where it is missing, with a time. This need not outlast a crash.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="time">The time of its last change.</param>
    /// <exception cref="IOException">The file cannot be made or marked.</exception>
    public void Touch(string name, DateTimeOffset time)
    {
        try
        {
            File.SetLastWriteTimeUtc(Of(name), time.UtcDateTime);
        }
        catch (FileNotFoundException)
        {
            Write(name, []);
            File.SetLastWriteTimeUtc(Of(name), time.UtcDateTime);
        }
    }

    /// <summary>When a file was last marked or written.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The time, or null where there is no such file.</returns>
    public DateTimeOffset? TouchedAt(string name)
    {
        var info = new FileInfo(Of(name));
        return info.Exists ? new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }

    /// <summary>Takes the folder for this process and this caller alone; others, also in other processes, wait.</summary>
    /// <param name="time">The clock to wait by.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What gives the folder back when it is disposed; a process that ends gives it back too.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the waiting.</exception>
    public async Task<IDisposable> LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var handle = FileSystem.OpenForReading(Path);
        try
        {
            while (!FileSystem.TryLock(handle))
            {
                await Task.Delay(LockPause, time, cancellationToken).ConfigureAwait(false);
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private string Of(string name) => System.IO.Path.Combine(Path, RequireName(name));

    private static string RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.StartsWith('.') || name.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{name}' is no name of a file in the folder.", nameof(name))
            : name;
    }

    private void FlushFolder()
    {
        using var folder = FileSystem.OpenForReading(Path);
        FileSystem.Flush(folder, Path);
    }
}
