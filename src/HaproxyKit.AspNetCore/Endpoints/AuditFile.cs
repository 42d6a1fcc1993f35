namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>A file of lines that is put aside when it has grown long enough; so all of them together are bounded.</summary>
/// <remarks>Opened anew for each batch, so that whoever moves it away gets no later line.</remarks>
/// <param name="path">The file's full path.</param>
/// <param name="maxBytes">How long it grows.</param>
/// <param name="maxFiles">How many are kept besides.</param>
internal sealed class AuditFile(string path, long maxBytes, int maxFiles)
{
    /// <summary>Finds out whether the file can be written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal void Verify() => Open().Dispose();

    /// <summary>Appends lines.</summary>
    /// <param name="lines">The lines in UTF-8, each with its line feed.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    internal void Append(IEnumerable<byte[]> lines)
    {
        var file = Open();
        try
        {
            foreach (var line in lines)
            {
                if (file.Length > 0 && file.Length + line.Length > maxBytes)
                {
                    file.Dispose();
                    PutAside();
                    file = Open();
                }

                file.Write(line);
            }

            file.Flush();
        }
        finally
        {
            file.Dispose();
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private void PutAside()
    {
        for (var i = maxFiles; i > 0; i--)
        {
            var from = i == 1 ? path : $"{path}.{i - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{i}", overwrite: true);
            }
        }
    }
}
