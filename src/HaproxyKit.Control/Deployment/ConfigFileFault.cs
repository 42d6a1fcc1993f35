namespace HaproxyKit.Control.Deployment;

/// <summary>Why a configuration file cannot be read or replaced.</summary>
public enum ConfigFileFault
{
    /// <summary>There is no file of that name.</summary>
    Missing,

    /// <summary>The name is a link, and what it points at does not exist.</summary>
    DanglingLink,

    /// <summary>The name is that of a folder, a device or a socket.</summary>
    NotAFile,

    /// <summary>This process may not read the file.</summary>
    NotReadable,

    /// <summary>The folder takes no new file: no right, or a file system mounted for reading only.</summary>
    FolderNotWritable,

    /// <summary>A new file could not be given the owner and the group of the present one.</summary>
    OwnerNotKept,

    /// <summary>
    /// A new file could not be given the access list or another extended attribute of the present one.
    /// </summary>
    AttributesNotKept,

    /// <summary>Something is mounted on the file itself, so that no other file can take its name.</summary>
    MountPoint,

    /// <summary>The file is marked immutable or append-only (<c>chattr</c>).</summary>
    Immutable,

    /// <summary>Others changed or locked the file again and again, longer than we wait.</summary>
    Contended,

    /// <summary>The system refused for another reason, such as a full disk.</summary>
    Failed,
}
