namespace HaproxyKit.Testing;

/// <summary>Real configurations, for round trips, words and comparison.</summary>
/// <remarks>
/// They are the <c>*.cfg</c> below the folder that the environment's <c>HAPROXYKIT_CORPUS</c> names, else those below
/// every folder <c>tests/**/Corpus</c> of the repository.
/// </remarks>
public static class Corpus
{
    private static readonly Lazy<IReadOnlyList<CorpusFile>> All = new(Read);

    /// <summary>Every configuration of the corpus, in the order of the names.</summary>
    /// <returns>At least one.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message says what to set.</exception>
    public static IReadOnlyList<CorpusFile> Files() => All.Value;

    private static List<CorpusFile> Read()
    {
        var named = Environment.GetEnvironmentVariable("HAPROXYKIT_CORPUS");
        var folders = string.IsNullOrEmpty(named) ? CommittedFolders() : [named];
        var files = folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cfg", SearchOption.AllDirectories)
                .Select(path => (Name: Path.GetRelativePath(folder, path), Path: path)))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ThenBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => new CorpusFile(f.Name, f.Path, File.ReadAllBytes(f.Path)))
            .ToList();
        return files.Count > 0
            ? files
            : throw new InvalidOperationException(
                $"No *.cfg below {(folders.Count == 0 ? "any tests/**/Corpus" : string.Join(", ", folders))}: " +
                "set HAPROXYKIT_CORPUS to a folder of HAProxy configurations");
    }

    private static List<string> CommittedFolders()
    {
        var tests = Path.Combine(Repository.Root, "tests");
        return [.. Directory.EnumerateDirectories(tests, "Corpus", SearchOption.AllDirectories)
            .Where(folder => !Path.GetRelativePath(tests, folder).Split('/').Any(part => part is "bin" or "obj"))];
    }
}
