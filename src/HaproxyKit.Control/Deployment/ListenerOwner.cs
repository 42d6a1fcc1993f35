using System.Globalization;
using System.Net;

namespace HaproxyKit.Control.Deployment;

/// <summary>Tells whether a listener is HAProxy's own: it hands those on to its new worker, so that they are not taken.</summary>
/// <param name="workerPid">The worker's process id.</param>
internal sealed class ListenerOwner(int workerPid)
{
    private const string SocketPrefix = "socket:[";
    private readonly Lazy<HashSet<string>?> _sockets = new(() => SocketsOf(workerPid));

    /// <summary>Whether the worker, and nobody else, listens where a new socket would.</summary>
    /// <param name="wanted">The address and port.</param>
    /// <returns>Null where the worker's files belong to another user, and it cannot be told.</returns>
    internal bool? HoldsAlone(IPEndPoint wanted)
    {
        if (_sockets.Value is not { } sockets)
        {
            return null;
        }

        var listeners = ListenerTable.FindConflicts(wanted).ToList();
        return listeners.Count > 0 && listeners.TrueForAll(listener => sockets.Contains(listener.Inode));
    }

    private static HashSet<string>? SocketsOf(int pid)
    {
        try
        {
            return new DirectoryInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")).EnumerateFileSystemInfos()
                .Select(file => file.LinkTarget)
                .Where(target => target?.StartsWith(SocketPrefix, StringComparison.Ordinal) == true)
                .Select(target => target![SocketPrefix.Length..^1])
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
