namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// Tells files that were deleted from those that cannot be seen for a while: those of a folder that is gone, or of a mount that is away and has left
/// an empty folder behind.
/// </summary>
internal sealed class TokenFolders
{
    /// <summary>What Kubernetes swaps to change all files of a mounted secret at once.</summary>
    private const string KubernetesData = "..data";

    /// <summary>The folders into which secrets were seen mounted.</summary>
    private readonly HashSet<string> _mounts = new(StringComparer.Ordinal);

    /// <summary>
    /// Where the files of a folder are at this moment: a mounted secret is read where its link leads, or a swap would mix the old and the new. Null
    /// where the folder is not there, or what was mounted into it.
    /// </summary>
    internal string? Find(string folder)
    {
        var data = new DirectoryInfo(Path.Combine(folder, KubernetesData));
        if (data.LinkTarget is null && !data.Exists)
        {
            return !_mounts.Contains(folder) && Directory.Exists(folder) ? folder : null;
        }

        _mounts.Add(folder);
        return data.Exists ? data.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? data.FullName : null;
    }

    /// <summary>Whether a file was deleted: it is not there, and the folder in which it would be is.</summary>
    internal bool IsGone(string file)
    {
        try
        {
            var path = Path.GetFullPath(file);
            if (Path.GetDirectoryName(path) is not { } folder || Find(folder) is null)
            {
                return false;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
