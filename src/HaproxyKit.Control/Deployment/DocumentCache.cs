using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>Remembers the document that stands in the file, which mostly is the one that was written last, so that it is not parsed again.</summary>
internal sealed class DocumentCache(string path)
{
    private string? _hash;
    private ConfigDocument _document = ConfigDocument.Empty;

    internal ConfigDocument Of(ConfigRevision revision)
    {
        if (!string.Equals(_hash, revision.Hash, StringComparison.Ordinal))
        {
            Note(revision, ConfigDocument.Parse(revision.Content.Span, path));
        }

        return _document;
    }

    internal void Note(ConfigRevision revision, ConfigDocument document) => (_hash, _document) = (revision.Hash, document);
}
