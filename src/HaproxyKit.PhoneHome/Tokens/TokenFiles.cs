using System.Text.Json;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>Reads tokens from files and folders.</summary>
internal static class TokenFiles
{
    private const int MaxFileBytes = 1024 * 1024;
    private const int MaxFiles = 4096;

    /// <summary>What Kubernetes swaps to change all files of a mounted secret at once.</summary>
    private const string KubernetesData = "..data";

    /// <summary>Reads one file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="problems">Gets what cannot be read; nothing in it holds a secret.</param>
    /// <returns>The tokens' settings, each with its place.</returns>
    internal static IReadOnlyList<(string Place, TokenEntry Entry)> Read(string path, List<string> problems)
    {
        try
        {
            return Directory.Exists(path) ? ReadFolder(path, problems) : ReadJson(path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{path} cannot be read: {e.Message}");
            return [];
        }
    }

    private static List<(string Place, TokenEntry Entry)> ReadFolder(string folder, List<string> problems)
    {
        var entries = new List<(string, TokenEntry)>();
        foreach (var file in FilesOf(folder))
        {
            if (Path.GetExtension(file) == ".json")
            {
                entries.AddRange(ReadJson(file, problems));
            }
            else
            {
                entries.Add((file, new TokenEntry { Id = Path.GetFileName(file), SecretFile = file }));
            }
        }

        return entries;
    }

    /// <summary>
    /// The files of one moment: a mounted secret is read where its link leads, or a swap would mix the old and the new.
    /// </summary>
    private static List<string> FilesOf(string folder)
    {
        var data = new DirectoryInfo(Path.Combine(folder, KubernetesData));
        var actual = data.Exists ? data.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? data.FullName : folder;
        var files = Directory.EnumerateFiles(actual)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Take(MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count <= MaxFiles
            ? files
            : throw new IOException($"there are more than {MaxFiles} files in it");
    }

    private static (string Place, TokenEntry Entry)[] ReadJson(string file, List<string> problems)
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
            if (list?.Tokens is null || list.Tokens.Contains(null))
            {
                problems.Add($"{file} has no list tokens of objects");
                return [];
            }

            return [.. list.Tokens.Select((entry, i) => ($"{file}:tokens:{i}", entry!))];
        }
        catch (JsonException e)
        {
            // Its message could quote the file: place and line suffice.
            problems.Add($"{file} is not the JSON that it must be: look at {e.Path ?? "its beginning"}, line {e.LineNumber + 1}");
            return [];
        }
    }
}
