using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Writes the map, acl and certificate files that change together with a configuration, and puts back what was there: each is replaced in one
/// step like the configuration itself, before HAProxy is asked about anything that names it.
/// </summary>
internal sealed class ReferencedFileWriter
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxAttempts = 5;

    /// <summary>What was there before us, and what we have put there; null stands for no file.</summary>
    private readonly Dictionary<string, (ReadOnlyMemory<byte>? Before, ReadOnlyMemory<byte>? Now)> _files = new(StringComparer.Ordinal);

    /// <summary>Has these files hold what they shall, and all others that were written here what they held before.</summary>
    /// <exception cref="ConfigFileException">One cannot be written; those before it are.</exception>
    internal async Task BringAsync(IEnumerable<ReferencedFile> files)
    {
        var wanted = new Dictionary<string, ReferencedFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            wanted[file.Path] = file;
        }

        foreach (var (path, (before, now)) in _files.Where(known => !wanted.ContainsKey(known.Key)).ToList())
        {
            // What somebody else has written since stays.
            if (AreEqual(await ReadAsync(path).ConfigureAwait(false), now))
            {
                await BringAsync(path, before, Readable).ConfigureAwait(false);
            }
        }

        foreach (var file in wanted.Values)
        {
            await BringAsync(file.Path, file.Content, file.Kind == ReferencedFileKind.Certificate ? Private : Readable).ConfigureAwait(false);
        }
    }

    /// <summary>The same files as they were before, without those that were not there.</summary>
    internal ImmutableArray<ReferencedFile> AsBefore(IEnumerable<ReferencedFile> files) =>
    [
        .. from file in files
           let before = _files.TryGetValue(file.Path, out var known) ? known.Before : null
           where before is not null
           select file with { Content = before.Value },
    ];

    private async Task BringAsync(string path, ReadOnlyMemory<byte>? content, UnixFileMode modeOfNew)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var file = new ConfigFile(path) { MayBeBlank = true };
            var present = File.Exists(path) ? await file.ReadAsync(CancellationToken.None).ConfigureAwait(false) : null;
            var before = _files.TryGetValue(path, out var known) ? known.Before : present?.Content;
            _files[path] = (before, present?.Content);
            if (AreEqual(present?.Content, content))
            {
                return;
            }

            var isDone = content switch
            {
                null => Remove(path),
                { } bytes when present is null => Create(path, bytes.Span, modeOfNew),
                { } bytes => !(await file.ReplaceAsync(present, bytes, CancellationToken.None).ConfigureAwait(false)).IsConflict,
            };
            if (isDone)
            {
                _files[path] = (before, content);
                return;
            }
        }

        throw new ConfigFileException(ConfigFileFault.Contended, $"{path} was written by others each time it was to be replaced");
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(string path) =>
        File.Exists(path) ? (await new ConfigFile(path).ReadAsync(CancellationToken.None).ConfigureAwait(false)).Content : null;

    private static bool Remove(string path)
    {
        FileSystem.Remove(path);
        return true;
    }

    /// <returns>False where somebody else has made the file meanwhile.</returns>
    private static bool Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        try
        {
            using var made = TemporaryFile.Create(FilePreparation.FolderOf(path), Path.GetFileName(path));
            made.Write(content);
            made.SetMode(mode);
            made.Flush();
            if (File.Exists(path))
            {
                return false;
            }

            made.MoveTo(path);
            made.GiveAway();
            return true;
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not ConfigFileException)
        {
            throw new ConfigFileException(ConfigFileFault.FolderNotWritable, $"{path} cannot be made: {e.Message}", e);
        }
    }

    private static bool AreEqual(ReadOnlyMemory<byte>? one, ReadOnlyMemory<byte>? other) =>
        one is { } a && other is { } b ? a.Span.SequenceEqual(b.Span) : one is null && other is null;
}
