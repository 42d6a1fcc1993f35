using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>HAProxy's file, parsed once a revision.</summary>
/// <param name="file">The file.</param>
/// <param name="options">Tells whether the incumbent's sections are mappings; null where they are the operator's.</param>
internal sealed class MappingFile(ConfigFile file, IOptions<PhoneHomeOptions>? options = null)
{
    private readonly bool _takesOverIncumbent = !string.IsNullOrEmpty(options?.Value.ImportIncumbent);

    private ParsedRevision? _last;
    private int _parses;

    /// <summary>How often the file was parsed.</summary>
    internal int Parses => Volatile.Read(ref _parses);

    internal async Task<ParsedRevision> ReadAsync(CancellationToken cancellationToken) =>
        Parse(await file.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The revision that stands in the file.</summary>
    internal Task<ConfigRevision> ReadRevisionAsync(CancellationToken cancellationToken) => file.ReadAsync(cancellationToken);

    /// <inheritdoc cref="ConfigFile.IsStill"/>
    internal bool IsStill(ConfigRevision revision) => file.IsStill(revision);

    /// <summary>Writes the file, unless somebody else has written it since it was read.</summary>
    internal async Task ReplaceAsync(ParsedRevision read, ConfigDocument document, CancellationToken cancellationToken)
    {
        var (revision, bytes) = (await file.ReadAsync(cancellationToken).ConfigureAwait(false), document.ToBytes());
        if (revision.Hash == read.Hash && (await file.ReplaceAsync(revision, bytes, cancellationToken).ConfigureAwait(false)).IsReplaced)
        {
            Note(ConfigRevision.HashOf(bytes), document);
        }
    }

    /// <summary>Notes a document that was written to the file, so that it is not parsed again.</summary>
    internal void Note(string hash, ConfigDocument document)
    {
        if (Volatile.Read(ref _last)?.Hash != hash)
        {
            Volatile.Write(ref _last, new ParsedRevision(hash, document, _takesOverIncumbent));
        }
    }

    private ParsedRevision Parse(ConfigRevision revision)
    {
        if (Volatile.Read(ref _last) is { } known && string.Equals(known.Hash, revision.Hash, StringComparison.Ordinal))
        {
            return known;
        }

        Interlocked.Increment(ref _parses);
        var parsed = new ParsedRevision(revision.Hash, ConfigDocument.Parse(revision.Content.Span, file.Path), _takesOverIncumbent);
        Volatile.Write(ref _last, parsed);
        return parsed;
    }
}
