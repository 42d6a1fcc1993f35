using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A file beside the configuration for as long as a change is carried through. One that outlives its process says that it was killed between
/// writing the file and having HAProxy follow, so that nobody knows what HAProxy serves of it.
/// </summary>
internal sealed class UnfinishedMarks(string path)
{
    /// <summary>Another ending than that of temporary files, which are cleared away at each start.</summary>
    private const string Suffix = ".unfinished~";

    /// <summary>A mark says nothing but that it is there, and another user's program may look at it too.</summary>
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private List<string> _abandoned = [];

    /// <summary>Looks whether a change was broken off, by this program before it was started or by another. Those of processes that live are none.</summary>
    /// <exception cref="ConfigFileException">The folder cannot be read.</exception>
    internal bool FindAbandoned()
    {
        _abandoned = Guarded(Look);
        return _abandoned.Count > 0;
    }

    /// <summary>Marks that a change begins.</summary>
    /// <returns>What takes the mark away when it is disposed of.</returns>
    /// <exception cref="ConfigFileException">The folder takes no file.</exception>
    internal IDisposable Begin() => Guarded(() =>
    {
        var (folder, name) = Place();

        // It is locked before it has a mark's name: nobody sees a mark of a living program that could be taken for an abandoned one.
        var mark = TemporaryFile.Create(folder, name);
        try
        {
            mark.SetMode(Mode);
            mark.MoveTo(Path.Combine(folder, TemporaryFile.Prefix(name) + TemporaryFile.RandomPart() + Suffix));
            return mark;
        }
        catch
        {
            mark.Dispose();
            throw;
        }
    });

    /// <summary>HAProxy has read the file since: what was broken off does not matter any more.</summary>
    internal void Forget()
    {
        foreach (var mark in _abandoned)
        {
            FileSystem.Remove(mark);
        }

        _abandoned = [];
    }

    private List<string> Look()
    {
        var (folder, name) = Place();
        return [.. Directory.EnumerateFiles(folder, TemporaryFile.Prefix(name) + "*" + Suffix).Where(IsAbandoned)];
    }

    private static bool IsAbandoned(string mark)
    {
        try
        {
            using var file = FileSystem.OpenForReading(mark);

            // A mark whose change came to its end while it was looked at has lost its lock, and its name before that.
            return FileSystem.TryLock(file) && FileStatus.Of(file).LinkCount > 0;
        }
        catch (UnixException)
        {
            // It went away meanwhile, so its process lives.
            return false;
        }
    }

    private (string Folder, string Name) Place()
    {
        var resolved = FileSystem.ResolveLinks(path);
        return (FilePreparation.FolderOf(resolved), Path.GetFileName(resolved));
    }

    private T Guarded<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or UnixException { Number: Errno.AccessDenied or Errno.ReadOnlyFileSystem })
        {
            throw new ConfigFileException(ConfigFileFault.FolderNotWritable, $"the folder of {path} takes no file: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException and not ConfigFileException)
        {
            throw new ConfigFileException(ConfigFileFault.Failed, $"the folder of {path} takes no file: {e.Message}", e);
        }
    }
}
