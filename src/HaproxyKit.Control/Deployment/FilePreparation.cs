using HaproxyKit.Control.Unix;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Deployment;

/// <summary>Makes, beside a file, the one that will take its name: same owner, mode and attributes.</summary>
internal static class FilePreparation
{
    internal static string FolderOf(string file) => Path.GetDirectoryName(file) ?? "/";

    /// <summary>Writes the content to a new file beside the target and has it survive a power cut.</summary>
    /// <exception cref="ConfigFileException">The file cannot be made as the present one is.</exception>
    internal static TemporaryFile Write(string target, ReadOnlySpan<byte> content)
    {
        var made = Make(target);
        try
        {
            made.Write(content);
            made.Date();
            made.Flush();
            return made;
        }
        catch (IOException e)
        {
            made.Dispose();
            throw new ConfigFileException(ConfigFileFault.Failed, $"cannot write beside {target}: {e.Message}", e);
        }
    }

    /// <summary>Does all but the replacement.</summary>
    /// <returns>Whether names can be exchanged there.</returns>
    /// <exception cref="ConfigFileException">The file could not be replaced.</exception>
    internal static bool Rehearse(string target, bool allowExchange)
    {
        var status = FileStatus.OfName(target)
            ?? throw new ConfigFileException(ConfigFileFault.Missing, $"{target} does not exist");
        if (status.IsMountPoint)
        {
            throw new ConfigFileException(
                ConfigFileFault.MountPoint,
                $"{target} is a mount point of its own; no other file can take its name: mount its folder instead");
        }

        if (status.IsImmutable)
        {
            throw new ConfigFileException(
                ConfigFileFault.Immutable, $"{target} is marked immutable or append-only: chattr -i -a {target}");
        }

        using var made = Make(target);
        using var other = Create(target);
        return allowExchange && FileSystem.TryExchange(made.Path, other.Path);
    }

    internal static ConfigFileFault FaultOfOpening(UnixException e) => e.Number switch
    {
        Errno.NoEntry => ConfigFileFault.Missing,
        Errno.AccessDenied or Errno.NotPermitted => ConfigFileFault.NotReadable,
        _ => ConfigFileFault.Failed,
    };

    private static TemporaryFile Make(string target)
    {
        var made = Create(target);
        try
        {
            using var present = OpenTarget(target);
            CopyIdentity(target, present, made);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static TemporaryFile Create(string target)
    {
        try
        {
            return TemporaryFile.Create(FolderOf(target), Path.GetFileName(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigFileException(
                ConfigFileFault.FolderNotWritable, $"no file can be made beside {target}: {e.Message}", e);
        }
    }

    private static SafeFileHandle OpenTarget(string target)
    {
        try
        {
            return FileSystem.OpenForReading(target);
        }
        catch (UnixException e)
        {
            throw new ConfigFileException(FaultOfOpening(e), e.Message, e);
        }
    }

    private static void CopyIdentity(string target, SafeFileHandle present, TemporaryFile made)
    {
        var wanted = FileStatus.Of(present);
        var had = FileStatus.Of(made.Handle);
        try
        {
            if ((wanted.UserId != had.UserId || wanted.GroupId != had.GroupId)
                && Libc.FChown(made.Handle, wanted.UserId, wanted.GroupId) != 0)
            {
                throw new ConfigFileException(
                    ConfigFileFault.OwnerNotKept,
                    $"{target} belongs to user {wanted.UserId} and group {wanted.GroupId}, which this process cannot"
                    + " give to a new file: run it as that user, or give it a file of its own");
            }

            if (ExtendedAttributes.Copy(present, made.Handle) is { } attribute)
            {
                throw new ConfigFileException(
                    ConfigFileFault.AttributesNotKept,
                    $"the attribute {attribute} of {target} cannot be given to a new file");
            }

            // Last, because a change of owner takes bits away.
            made.SetMode(wanted.Mode);
        }
        catch (UnixException e)
        {
            throw new ConfigFileException(ConfigFileFault.AttributesNotKept, $"{target}: {e.Message}", e);
        }
    }
}
