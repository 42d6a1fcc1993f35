using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Input;

/// <summary>The files that make up one configuration, in HAProxy's order.</summary>
/// <param name="Paths">Files and folders as they were given; <c>-</c> for standard input.</param>
/// <param name="Documents">One for each file; those of folders in the order of their bytes.</param>
internal sealed record ConfigInput(IReadOnlyList<string> Paths, IReadOnlyList<ConfigDocument> Documents)
{
    private const string StandardInput = "-";
    private const string StandardInputName = "<stdin>";

    internal static bool IsStandardInput(string path) => path == StandardInput;

    /// <summary>Reads files and folders as one configuration.</summary>
    /// <exception cref="ToolException">One of them cannot be read.</exception>
    internal static ConfigInput Read(IReadOnlyList<string> paths) => new(paths, [.. paths.SelectMany(ReadAll)]);

    /// <summary>Reads the one file of a path.</summary>
    /// <exception cref="ToolException">It is a folder, or cannot be read.</exception>
    internal static ConfigDocument ReadOne(string path) => Directory.Exists(path)
        ? throw new ToolException($"{path} is a folder: name one of its files")
        : ReadFile(path);

    private static IEnumerable<ConfigDocument> ReadAll(string path)
    {
        if (!Directory.Exists(path))
        {
            return [ReadFile(path)];
        }

        var files = Guard(path, () => ConfigSet.FilesOf(path));
        return files.Count == 0
            ? throw new ToolException($"{path} holds no file that HAProxy would load: their names end in .cfg")
            : files.Select(ReadFile);
    }

    private static ConfigDocument ReadFile(string path) => Guard(path, () =>
    {
        if (!IsStandardInput(path))
        {
            return ConfigDocument.Load(path);
        }

        using var input = Console.OpenStandardInput();
        var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return ConfigDocument.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), StandardInputName);
    });

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"{path} does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            throw new ToolException($"{path} may not be read: run as a user who may, or pipe it in and name - instead");
        }
        catch (IOException e)
        {
            throw new ToolException($"{path} cannot be read: {e.Message}");
        }
    }
}
