using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Running;

/// <summary>The files that HAProxy reads: those that are named, or those that it was started with, or the target alone.</summary>
/// <param name="Documents">Those that could be read.</param>
/// <param name="Unreadable">The others, with the reason.</param>
internal sealed record LoadedFiles(IReadOnlyList<ConfigDocument> Documents, IReadOnlyList<string> Unreadable)
{
    /// <summary>Reads the files.</summary>
    /// <param name="haproxy">The HAProxy that reads them.</param>
    /// <param name="settings">Where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<LoadedFiles> ReadAsync(RunningHaproxy haproxy, ControlSettings settings, CancellationToken cancellationToken)
    {
        var (documents, unreadable) = (new List<ConfigDocument>(), new List<string>());
        foreach (var path in await PathsAsync(haproxy, settings, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                documents.AddRange((Directory.Exists(path) ? ConfigSet.FilesOf(path) : [path]).Select(ConfigDocument.Load));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable.Add($"{path} cannot be read: {e.Message}");
            }
        }

        return new LoadedFiles(documents, unreadable);
    }

    private static async Task<IEnumerable<string>> PathsAsync(
        RunningHaproxy haproxy, ControlSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Options.ConfigFiles.Count > 0)
        {
            return settings.Options.ConfigFiles;
        }

        try
        {
            var worker = await haproxy.Watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (worker.MasterPid is { } pid && HaproxyInvocation.FromProcess(pid).Invocation is { } invocation)
            {
                return invocation.ConfigPaths.Select(path => Path.GetFullPath(path, invocation.ConfigFolder));
            }
        }
        catch (RuntimeException)
        {
            // Where no HAProxy tells, the target is what is known.
        }

        return [settings.Target];
    }
}
