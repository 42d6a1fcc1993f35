using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>Remembers the document that stands in the file, which mostly is the one that was written last, so that it is not parsed again.</summary>
internal sealed class DocumentCache(string path)
{
    private Remembered? _last;

    /// <summary>The document of a revision, which is remembered from now on.</summary>
    internal ConfigDocument Of(ConfigRevision revision)
    {
        var document = Find(revision);
        Note(revision, document);
        return document;
    }

    /// <summary>The document of a revision; what is remembered stays, so that it may be asked for while another is written.</summary>
    internal ConfigDocument Find(ConfigRevision revision) =>
        Volatile.Read(ref _last) is { } last && string.Equals(last.Hash, revision.Hash, StringComparison.Ordinal)
            ? last.Document
            : ConfigDocument.Parse(revision.Content.Span, path);

    internal void Note(ConfigRevision revision, ConfigDocument document) => Volatile.Write(ref _last, new Remembered(revision.Hash, document));

    private sealed record Remembered(string Hash, ConfigDocument Document);
}
