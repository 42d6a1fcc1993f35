using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Support;

/// <summary>The files of this project's own corpus, and those that the machine's corpus adds.</summary>
internal static class CorpusFiles
{
    private static readonly Lazy<IReadOnlyList<CorpusFile>> Found = new(Find);

    internal static IReadOnlyList<CorpusFile> All => Found.Value;

    private static IReadOnlyList<CorpusFile> Find()
    {
        var folder = Path.Combine(Repository.Root, "tests", "HaproxyKit.Tests", "Corpus");
        var own = Directory.EnumerateFiles(folder, "*.cfg")
            .Order(StringComparer.Ordinal)
            .Select(path => new CorpusFile(Path.GetFileName(path), path, File.ReadAllBytes(path)));
        return [.. own.Concat(Testing.Corpus.Files()).DistinctBy(file => file.Path)];
    }
}
