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

    private List<string>? _abandoned;

    /// <summary>Whether a change was broken off before this process looked first. Those of processes that live are none.</summary>
    /// <exception cref="ConfigFileException">The folder cannot be read.</exception>
    internal bool AnyAbandoned => (_abandoned ??= Guarded(FindAbandoned)).Count > 0;

    /// <summary>Marks that a change begins.</summary>
    /// <returns>What takes the mark away when it is disposed of.</returns>
    /// <exception cref="ConfigFileException">The folder takes no file.</exception>
    internal IDisposable Begin() => Guarded(() =>
    {
        var (folder, prefix) = Place();
        return new FileStream(Path.Combine(folder, prefix + TemporaryFile.RandomPart() + Suffix), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
    });

    /// <summary>HAProxy has read the file since: what was broken off does not matter any more.</summary>
    internal void Forget()
    {
        foreach (var mark in _abandoned ?? [])
        {
            FileSystem.Remove(mark);
        }

        _abandoned = [];
    }

    private List<string> FindAbandoned()
    {
        var (folder, prefix) = Place();
        return [.. Directory.EnumerateFiles(folder, prefix + "*" + Suffix).Where(IsAbandoned)];
    }

    private static bool IsAbandoned(string mark)
    {
        try
        {
            using var file = FileSystem.OpenForReading(mark);
            return FileSystem.TryLock(file);
        }
        catch (UnixException)
        {
            // It went away meanwhile, so its process lives.
            return false;
        }
    }

    private (string Folder, string Prefix) Place()
    {
        var resolved = FileSystem.ResolveLinks(path);
        return (FilePreparation.FolderOf(resolved), TemporaryFile.Prefix(Path.GetFileName(resolved)));
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
