using HaproxyKit.Control.Unix;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Deployment;

/// <summary>Finishes what a killed process left beside a configuration file. The folder must be locked.</summary>
internal static class Leftovers
{
    private const int PartsOfAnExchange = 3;

    internal static (int Removed, bool RescuedSave) Clear(string target)
    {
        var removed = 0;
        var rescued = false;
        var name = Path.GetFileName(target);
        var prefix = TemporaryFile.Prefix(name);
        var pattern = prefix + "*" + TemporaryFile.Suffix;
        foreach (var leftover in Directory.EnumerateFiles(FilePreparation.FolderOf(target), pattern))
        {
            var middle = Path.GetFileName(leftover)[prefix.Length..^TemporaryFile.Suffix.Length];
            try
            {
                using var file = FileSystem.OpenForReading(leftover);
                if (!FileSystem.TryLock(file))
                {
                    continue;
                }

                rescued |= middle.Split('.') is { Length: PartsOfAnExchange } parts
                    && Rescue(target, leftover, file, parts);
                FileSystem.Remove(leftover);
                removed++;
            }
            catch (UnixException)
            {
                // It went away meanwhile, or belongs to somebody who keeps it from us: it does no harm where it is.
            }
        }

        return (removed, rescued);
    }

    /// <summary>Removes a temporary file whose process is gone.</summary>
    internal static void RemoveIfAbandoned(string leftover)
    {
        try
        {
            using var file = FileSystem.OpenForReading(leftover);
            if (FileSystem.TryLock(file))
            {
                FileSystem.Remove(leftover);
            }
        }
        catch (UnixException)
        {
            // It went away meanwhile.
        }
    }

    /// <summary>
    /// A process was killed in the middle of an exchange. If what came out is neither what it expected nor its own, it
    /// is somebody's save; it goes back, unless a later save stands there.
    /// </summary>
    private static bool Rescue(string target, string leftover, SafeFileHandle file, string[] parts)
    {
        var cameOut = ConfigRevision.HashOf(RevisionReader.ReadNow(file).Span);
        var (expected, written) = (parts[1], parts[2]);
        if (cameOut.StartsWith(expected, StringComparison.Ordinal)
            || cameOut.StartsWith(written, StringComparison.Ordinal))
        {
            return false;
        }

        using var targetFile = FileSystem.OpenForReading(target);
        var present = ConfigRevision.HashOf(RevisionReader.ReadNow(targetFile).Span);
        return present.StartsWith(written, StringComparison.Ordinal) && FileSystem.TryExchange(leftover, target);
    }
}
