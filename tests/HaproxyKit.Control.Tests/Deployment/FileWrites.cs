namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Counts how often a file is replaced: each time another one is made beside it first.</summary>
internal sealed class FileWrites : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private int _count;

    internal FileWrites(string path)
    {
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.*") { NotifyFilter = NotifyFilters.FileName };
        _watcher.Created += (_, _) => Interlocked.Increment(ref _count);
        _watcher.EnableRaisingEvents = true;
    }

    internal int Count => Volatile.Read(ref _count);

    public void Dispose() => _watcher.Dispose();
}
