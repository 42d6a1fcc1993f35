namespace HaproxyKit.Testing;

/// <summary>A folder of one test, readable by its user alone, that goes away with all it holds.</summary>
public sealed class TemporaryFolder : IDisposable
{
    // The path of a unix socket has 107 bytes at most; this leaves room for the folder's name and for the socket's.
    private const int LongestBase = 70;

    /// <summary>
    /// Makes the folder, under <c>TMPDIR</c>, or under <c>/tmp</c> where that is too long for unix sockets.
    /// </summary>
    public TemporaryFolder()
    {
        var given = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetTempPath());
        var parent = given.Length <= LongestBase ? given : "/tmp";
        Path = System.IO.Path.Combine(parent, "hk-" + System.IO.Path.GetRandomFileName()[..8]);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The folder's full path, short enough for a unix socket in it whose name has up to 20 bytes.</summary>
    public string Path { get; }

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="name">The file's name, or a path relative to the folder.</param>
    /// <returns>The full path; nothing is made there.</returns>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file into the folder, with its sub-folders.</summary>
    /// <param name="name">The file's name, or a path relative to the folder.</param>
    /// <param name="text">What it shall hold, written as UTF-8 without a byte order mark.</param>
    /// <returns>The full path.</returns>
    public string Write(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Removes the folder and all that it holds.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
