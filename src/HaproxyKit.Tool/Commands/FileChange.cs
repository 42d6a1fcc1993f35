using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Commands;

/// <summary>Writes a file so that nobody's save is lost.</summary>
internal static class FileChange
{
    /// <summary>Puts new content into the place of the content that was read.</summary>
    /// <exception cref="ToolException">The file cannot be replaced, or somebody has changed it since.</exception>
    internal static async Task WriteAsync(ConfigDocument read, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            var file = new ConfigFile(read.Path!);
            var revision = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
            var isAsRead = revision.Hash == ConfigRevision.HashOf(read.ToBytes());
            var replacement = isAsRead
                ? await file.ReplaceAsync(revision, content, cancellationToken).ConfigureAwait(false)
                : null;
            if (replacement is not { IsReplaced: true })
            {
                throw new ToolException(
                    $"{read.Path} was changed by somebody else meanwhile; nothing was written: run it again");
            }
        }
        catch (ConfigFileException e)
        {
            throw new ToolException($"{read.Path} cannot be written: {e.Message}");
        }
        catch (ArgumentException e)
        {
            throw new ToolException($"{read.Path} is not written: {e.Message}");
        }
    }
}
