using System.Text.Json;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>Reads the tokens of one file or folder, again and again, and remembers which files there were.</summary>
/// <param name="path">Its path.</param>
/// <param name="folders">Tells whether a file is gone, or cannot be seen.</param>
internal sealed class TokenFiles(string path, TokenFolders folders)
{
    private const int MaxFileBytes = 1024 * 1024;
    private const int MaxFiles = 4096;
    private const int MaxLooks = 3;

    private bool _isFolder;
    private IReadOnlyList<string> _places = [];

    /// <summary>Reads it now.</summary>
    /// <returns>What is found, a file each; those that are left out are gone.</returns>
    internal IReadOnlyList<TokenReading> Read()
    {
        try
        {
            _isFolder |= Directory.Exists(path);
            var found = _isFolder ? ReadFolder() : ReadFile();
            _places = [.. found.Select(reading => reading.Place)];
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Of a folder or file that cannot be seen, all that it said counts.
            return
            [
                .. _places.Where(place => place != path).Select(place => new TokenReading(place, Entries: null)),
                new TokenReading(path, Entries: null, $"cannot be read: {e.Message}"),
            ];
        }
    }

    private List<TokenReading> ReadFile() => folders.IsGone(path) && _places.Count > 0
        ? [new TokenReading(path, [], "is gone, and the settings name it still: what it said is revoked")]
        : [ReadJson(path, path)];

    private List<TokenReading> ReadFolder()
    {
        for (var look = 1; ; look++)
        {
            var actual = folders.Find(path) ?? throw new DirectoryNotFoundException("it is not there, or what was mounted there is not");
            var found = FilesOf(actual).ConvertAll(Judge);

            // A swap in the middle takes the old files away.
            if (look == MaxLooks || found.TrueForAll(reading => reading.Problem is null) || folders.Find(path) == actual)
            {
                return found;
            }
        }
    }

    private TokenReading Judge(string file)
    {
        var name = Path.GetFileName(file);
        var place = Path.Combine(path, name);
        if (Path.GetExtension(file) != ".json")
        {
            return new TokenReading(place, [(place, new TokenEntry { Id = name, SecretFile = file })]);
        }

        try
        {
            return ReadJson(file, place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TokenReading(place, Entries: null, $"cannot be read: {e.Message}");
        }
    }

    private static List<string> FilesOf(string folder)
    {
        var files = Directory.EnumerateFiles(folder)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Take(MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count <= MaxFiles
            ? files
            : throw new IOException($"there are more than {MaxFiles} files in it");
    }

    private static TokenReading ReadJson(string file, string place)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[Math.Min(MaxFileBytes, Math.Max(stream.Length, 0)) + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > MaxFileBytes)
        {
            throw new IOException($"it has more than {MaxFileBytes} bytes");
        }

        try
        {
            var list = JsonSerializer.Deserialize(buffer.AsSpan(0, length), TokenJsonContext.Default.TokenList);
            return list?.Tokens is null || list.Tokens.Contains(null)
                ? new TokenReading(place, Entries: null, "has no list tokens of objects")
                : new TokenReading(place, [.. list.Tokens.Select((entry, i) => ($"{place}:tokens:{i}", entry!))]);
        }
        catch (JsonException e)
        {
            // Its message could quote the file: place and line suffice.
            return new TokenReading(place, Entries: null, $"is not the JSON that it must be: look at {e.Path ?? "its beginning"}, line {e.LineNumber + 1}");
        }
    }
}
