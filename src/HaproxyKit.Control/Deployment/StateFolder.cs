using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A folder of our own for what must outlive us and must not stand beside HAProxy's files: the last good configuration,
/// and small files of other packages. Every write is whole or not at all, and survives a power cut.
/// </summary>
public sealed class StateFolder
{
    private const string LastGoodName = "last-good";
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private StateFolder(string path) => Path = path;

    /// <summary>The folder's full name.</summary>
    public string Path { get; }

    /// <summary>Opens the folder, makes it where it is missing, and clears away what a killed process left.</summary>
    /// <param name="path">The folder; a new one is open to its owner alone (0700).</param>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It cannot be made, or is no folder, or others may write to it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made or read.</exception>
    public static StateFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("HAProxy and its files live on Unix.");
        }

        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full, FolderMode);
        if ((File.GetUnixFileMode(full) & OthersMayWrite) != UnixFileMode.None)
        {
            throw new IOException($"other users may write to {full}: chmod go-w {full}");
        }

        foreach (var leftover in Directory.EnumerateFiles(full, "*" + TemporaryFile.Suffix))
        {
            Leftovers.RemoveIfAbandoned(leftover);
        }

        return new StateFolder(full);
    }

    /// <summary>Keeps a configuration that HAProxy has loaded and serves.</summary>
    /// <param name="content">The whole file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveLastGood(ReadOnlySpan<byte> content) => Write(LastGoodName, content);

    /// <summary>The configuration kept last.</summary>
    /// <returns>The whole file, or null where none was kept.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? ReadLastGood() => Read(LastGoodName);

    /// <summary>Keeps no configuration any more: what was kept is not what HAProxy serves. This needs no room.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void ForgetLastGood() => Delete(LastGoodName);

    /// <summary>The names of the files, without those on their way.</summary>
    /// <returns>The names, sorted.</returns>
    public IReadOnlyList<string> Names() =>
    [
        .. Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName).OfType<string>()
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes a file, open to its owner alone (0600), in one step.</summary>
    /// <param name="name">
    /// The file's name: letters, digits, dots, dashes and underscores, not beginning with a dot.
    /// </param>
    /// <param name="content">The whole content.</param>
    /// <exception cref="ArgumentException">The name is none of that kind.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var target = PathOf(name);
        using var folder = FileSystem.OpenForReading(Path);
        using var file = TemporaryFile.Create(Path, name);
        file.Write(content);
        file.Flush();
        file.MoveTo(target);
        file.GiveAway();
        FileSystem.Flush(folder, Path);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="name">The file's name, as for <see cref="Write"/>.</param>
    /// <returns>The whole content, or null where there is no such file.</returns>
    /// <exception cref="ArgumentException">The name is none of that kind.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        try
        {
            using var file = FileSystem.OpenForReading(path);
            return RevisionReader.ReadNow(file).ToArray();
        }
        catch (UnixException e) when (e.Number == Errno.NoEntry)
        {
            return null;
        }
    }

    /// <summary>Removes a file; one that is not there is no error.</summary>
    /// <param name="name">The file's name, as for <see cref="Write"/>.</param>
    /// <exception cref="ArgumentException">The name is none of that kind.</exception>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Delete(string name) => FileSystem.Remove(PathOf(name));

    /// <summary>Marks a file, made empty where it is missing, with a time. This need not outlast a crash.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="time">The time of its last change.</param>
    /// <exception cref="IOException">The file cannot be made or marked.</exception>
    public void Touch(string name, DateTimeOffset time)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(name), time.UtcDateTime);
        }
        catch (FileNotFoundException)
        {
            Write(name, []);
            File.SetLastWriteTimeUtc(PathOf(name), time.UtcDateTime);
        }
    }

    /// <summary>When a file was last marked or written.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The time, or null where there is no such file.</returns>
    public DateTimeOffset? TouchedAt(string name)
    {
        var info = new FileInfo(PathOf(name));
        return info.Exists ? new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }

    /// <summary>
    /// Takes the folder for this process and this caller alone; others, also in other processes, wait.
    /// </summary>
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

    private string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return !name.StartsWith('.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? System.IO.Path.Combine(Path, name)
            : throw new ArgumentException($"'{name}' is no name for a file of state.", nameof(name));
    }
}
