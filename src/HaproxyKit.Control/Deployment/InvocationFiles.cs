using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Unix;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>The files that HAProxy reads beside the one that is changed, as its command line names them (management guide, chapter 3, <c>-f</c>).</summary>
/// <param name="path">The file that is changed.</param>
/// <param name="checker">Knows HAProxy's command line, unless it is one of the caller's own making.</param>
public sealed class InvocationFiles(string path, IConfigChecker checker)
{
    /// <summary>Reads them.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Those that could be read; whole unless one could not. None, and whole, where it is not known what HAProxy reads: then the file that is
    /// changed is all that is known.
    /// </returns>
    public async Task<(IReadOnlyList<ConfigDocument> Documents, bool IsWhole)> ReadOthersAsync(CancellationToken cancellationToken)
    {
        var invocation = checker switch
        {
            HaproxyChecker told => told.Invocation,
            CurrentInvocationChecker current => (await current.ReadInvocationAsync(cancellationToken).ConfigureAwait(false)).Invocation,
            _ => null,
        };
        var files = invocation is null ? [] : ConfigFileList.Expand(invocation)
            .Select(file => Path.GetFullPath(file, invocation.ConfigFolder))
            .Where(file => !string.Equals(file, path, StringComparison.Ordinal));
        var (documents, isWhole) = (new List<ConfigDocument>(), true);
        foreach (var file in files)
        {
            try
            {
                if (!string.Equals(FileSystem.ResolveLinks(file), FileSystem.ResolveLinks(path), StringComparison.Ordinal))
                {
                    documents.Add(ConfigDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), file));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                isWhole = false;
            }
        }

        return (documents, isWhole);
    }
}
