using HaproxyKit.Control.Unix;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Puts a prepared file in the place of another one, looks at what came out, and puts that back if it is not what was
/// expected. The name during the exchange says which contents were meant, so that <see cref="Leftovers"/> can finish
/// the work of a killed process.
/// </summary>
internal sealed class FileExchange(
    string target, string expectedHash, string newHash, ConfigFileOptions options, Patience patience)
{
    internal const int ShownHashLength = 16;
    private const int MaxRounds = 32;

    /// <summary>The bytes whose hash is expected, where they are at hand: what is equal to them need not be hashed.</summary>
    internal ReadOnlyMemory<byte> Expected { get; init; }

    /// <summary>The status of the file that is expected, where that alone tells that it holds those bytes still.</summary>
    internal FileStatus? ExpectedStatus { get; init; }

    /// <returns>True when somebody else had saved the file meanwhile, and that save stands there again.</returns>
    internal async Task<bool> RunAsync(TemporaryFile prepared, SafeFileHandle folder)
    {
        prepared.MoveTo(System.IO.Path.Combine(
            FilePreparation.FolderOf(target), NameFor(System.IO.Path.GetFileName(target), expectedHash, newHash)));
        var aside = prepared.Path;

        // The folder's lock keeps our own kind away; under the target's name the file is neither locked nor being
        // written.
        prepared.Close();
        if (!options.AllowExchange || !FileSystem.TryExchange(aside, target))
        {
            return await CompareAndRenameAsync(prepared, folder).ConfigureAwait(false);
        }

        // From here on the name beside the target may hold the only copy of somebody's save.
        prepared.GiveAway();
        var (cameOut, isSettled) = await HashAsync(aside).ConfigureAwait(false);
        var isIntruder = !isSettled || !Same(cameOut, expectedHash);
        if (isIntruder)
        {
            await PutBackAsync(aside, cameOut).ConfigureAwait(false);
        }

        FileSystem.Flush(folder, FilePreparation.FolderOf(target));
        FileSystem.Remove(aside);
        return isIntruder;
    }

    private static string NameFor(string name, string expectedHash, string newHash) =>
        TemporaryFile.Prefix(name)
        + $"{TemporaryFile.RandomPart()}.{expectedHash[..ShownHashLength]}.{newHash[..ShownHashLength]}"
        + TemporaryFile.Suffix;

    /// <summary>
    /// Where names cannot be exchanged: our lock keeps our own kind away, and editors have microseconds.
    /// </summary>
    private async Task<bool> CompareAndRenameAsync(TemporaryFile prepared, SafeFileHandle folder)
    {
        var (present, isSettled) = await HashAsync(target).ConfigureAwait(false);
        if (!isSettled || !Same(present, expectedHash))
        {
            return true;
        }

        prepared.MoveTo(target);
        prepared.GiveAway();
        FileSystem.Flush(folder, FilePreparation.FolderOf(target));
        return false;
    }

    /// <summary>
    /// Gives the name back to the save that came out. If a later save has taken the name meanwhile, that one stays, as
    /// it would have without us.
    /// </summary>
    private async Task PutBackAsync(string aside, string savedHash)
    {
        var displaced = newHash;
        for (var round = 0; round < MaxRounds; round++)
        {
            var (present, _) = await HashAsync(target).ConfigureAwait(false);
            if (!Same(present, displaced))
            {
                return;
            }

            _ = FileSystem.TryExchange(aside, target);
            var (cameOut, _) = await HashAsync(aside).ConfigureAwait(false);
            if (Same(cameOut, displaced))
            {
                return;
            }

            (displaced, savedHash) = (savedHash, cameOut);
        }

        throw new ConfigFileException(
            ConfigFileFault.Contended, $"{target} is saved by others again and again; the last save is in {aside}");
    }

    private async Task<(string Hash, bool IsSettled)> HashAsync(string path)
    {
        if (IsAsExpected(path))
        {
            return (expectedHash, true);
        }

        var (content, _, isSettled) = await RevisionReader.ReadAsync(path, options, patience, Expected, CancellationToken.None)
            .ConfigureAwait(false);
        return (!content.IsEmpty && content.Equals(Expected) ? expectedHash : ConfigRevision.HashOf(content.Span), isSettled);
    }

    private bool IsAsExpected(string path)
    {
        if (ExpectedStatus is not { } expected)
        {
            return false;
        }

        using var file = FileSystem.OpenForReading(path);
        return !FileSystem.HasWriter(file) && FileStatus.Of(file).HoldsSameAs(expected);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
