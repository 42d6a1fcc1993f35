using HaproxyKit.Control.Unix;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A configuration file that others edit too: it is read with a revision, and replaced in one step that never loses
/// somebody else's save, and never leaves the name without a whole file.
/// </summary>
/// <remarks>
/// Links are resolved at every call. The owner, the mode, the access list and the other extended attributes of the
/// present file are kept. The calls do short, blocking work on the disk before they return their task. Several
/// instances, in several processes too, may work on one file.
/// </remarks>
public sealed class ConfigFile
{
    private readonly ConfigFileOptions options;
    private readonly Patience patience;

    /// <summary>What was last read or written: the file is mostly as it was, and then it need not be copied and hashed again, or not even read.</summary>
    private KnownRevision? last;

    /// <summary>Names a configuration file; nothing is read yet.</summary>
    /// <param name="path">The file's name; links are followed.</param>
    /// <param name="options">How long to wait for others; null for the defaults.</param>
    /// <param name="time">The clock to wait with; null for the system's.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a NUL.</exception>
    public ConfigFile(string path, ConfigFileOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        this.options = options ?? new ConfigFileOptions();
        patience = new Patience(time ?? TimeProvider.System);
    }

    /// <summary>Whether it may become blank: a map or an acl file may, the configuration never.</summary>
    internal bool MayBeBlank { get; init; }

    /// <summary>The file's full name as it was given, before links are resolved.</summary>
    public string Path { get; }

    /// <summary>
    /// Tries everything that a replacement needs, without touching the file, and clears away what a killed process
    /// left: to be called once at the start of a program.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the wait for another process that is replacing a file in the folder.
    /// </param>
    /// <returns>Whether the file can be replaced, and if not, why not and what helps.</returns>
    public async Task<ConfigFileVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        string? resolved = null;
        try
        {
            resolved = Resolve();
            using var folder = await LockFolderAsync(resolved, cancellationToken).ConfigureAwait(false);
            var canExchange = FilePreparation.Rehearse(resolved, options.AllowExchange);
            var leftovers = Leftovers.Clear(resolved);
            return new ConfigFileVerification
            {
                ResolvedPath = resolved,
                CanExchange = canExchange,
                RemovedLeftovers = leftovers.Removed,
                RescuedSave = leftovers.RescuedSave,
            };
        }
        catch (ConfigFileException e)
        {
            return new ConfigFileVerification { Fault = e.Fault, Message = e.Message, ResolvedPath = resolved };
        }
    }

    /// <summary>
    /// Reads the file. While somebody is writing to it, that is waited for, so that no half a file is read. Where the system says that
    /// nobody has written it since the last time, it is not read, and the same revision is returned.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revision that stands in the file now.</returns>
    /// <exception cref="ConfigFileException">The file is missing, no file, or may not be read.</exception>
    public Task<ConfigRevision> ReadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(Resolve(), cancellationToken);

    /// <summary>
    /// Whether the system shows, without the file's being read, that nobody has written it since a revision of it was read or written.
    /// </summary>
    /// <param name="revision">The revision that was read or written last.</param>
    /// <returns>True when it stands there for sure; false where it does not, or only reading the file would tell.</returns>
    public bool IsStill(ConfigRevision revision)
    {
        ArgumentNullException.ThrowIfNull(revision);
        try
        {
            return Volatile.Read(ref last) is { } known && known.Revision.HasContentOf(revision) && known.IsStill(Resolve());
        }
        catch (ConfigFileException)
        {
            return false;
        }
    }

    /// <summary>
    /// Replaces the content if the file still is the revision that was read. Content equal to what stands there is not
    /// written again.
    /// </summary>
    /// <param name="expected">The revision that the new content was made from.</param>
    /// <param name="content">The whole new content, not empty: HAProxy would close every listener.</param>
    /// <param name="cancellationToken">
    /// Ends the attempt up to the moment of the exchange, and is not looked at after it.
    /// </param>
    /// <returns>The new revision, or a conflict with the revision that stands there instead.</returns>
    /// <exception cref="ArgumentException"><paramref name="content"/> is empty, or nothing but blanks.</exception>
    /// <exception cref="ConfigFileException">
    /// The file cannot be replaced, or others do not stop changing it.
    /// </exception>
    public async Task<ConfigReplacement> ReplaceAsync(
        ConfigRevision expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (!MayBeBlank && content.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new ArgumentException("A configuration without content would close every listener.", nameof(content));
        }

        var resolved = Resolve();
        using var folder = await LockFolderAsync(resolved, cancellationToken).ConfigureAwait(false);
        var current = await ReadAsync(resolved, cancellationToken).ConfigureAwait(false);
        if (!current.HasContentOf(expected))
        {
            return new ConfigReplacement(IsReplaced: false, current);
        }

        if (content.Span.SequenceEqual(current.Content.Span))
        {
            return new ConfigReplacement(IsReplaced: true, current);
        }

        var status = Volatile.Read(ref last) is { } known && ReferenceEquals(known.Revision, current) ? known.Status : null;
        var hashing = Task.Run(() => ConfigRevision.HashOf(content.Span), CancellationToken.None);
        using var prepared = FilePreparation.Write(resolved, content.Span);
        cancellationToken.ThrowIfCancellationRequested();
        var hash = await hashing.ConfigureAwait(false);
        var replaced = ConfigRevision.From(content, hash, resolved, FileStatus.Of(prepared.Handle));
        var exchange = new FileExchange(resolved, current.Hash, hash, options, patience) { Expected = current.Content, ExpectedStatus = status };
        var intruder = await GuardAsync(() => exchange.RunAsync(prepared, folder)).ConfigureAwait(false);
        if (intruder)
        {
            return new ConfigReplacement(
                IsReplaced: false, await ReadAsync(resolved, CancellationToken.None).ConfigureAwait(false));
        }

        Volatile.Write(ref last, KnownRevision.Of(replaced, prepared.Dated));
        return new ConfigReplacement(IsReplaced: true, replaced);
    }

    private async Task<ConfigRevision> ReadAsync(string resolved, CancellationToken cancellationToken)
    {
        try
        {
            var known = Volatile.Read(ref last);
            if (known is not null && known.IsStill(resolved))
            {
                return known.Revision;
            }

            var begin = TimeProvider.System.GetUtcNow();
            var (content, status, isSettled) = await RevisionReader
                .ReadAsync(resolved, options, patience, known?.Revision.Content ?? default, cancellationToken)
                .ConfigureAwait(false);
            var hash = known is not null && content.Equals(known.Revision.Content) ? known.Revision.Hash : ConfigRevision.HashOf(content.Span);
            var revision = ConfigRevision.From(content, hash, resolved, status);
            Volatile.Write(ref last, KnownRevision.Of(revision, status, isSettled, begin));
            return revision;
        }
        catch (UnixException e)
        {
            throw new ConfigFileException(FilePreparation.FaultOfOpening(e), e.Message, e);
        }
        catch (IOException e)
        {
            throw new ConfigFileException(ConfigFileFault.Failed, $"{resolved} cannot be read: {e.Message}", e);
        }
    }

    private static async Task<bool> GuardAsync(Func<Task<bool>> replace)
    {
        try
        {
            return await replace().ConfigureAwait(false);
        }
        catch (UnixException e)
        {
            var fault = e.Number switch
            {
                Errno.Busy => ConfigFileFault.MountPoint,
                Errno.NotPermitted or Errno.AccessDenied => ConfigFileFault.Immutable,
                Errno.ReadOnlyFileSystem => ConfigFileFault.FolderNotWritable,
                _ => ConfigFileFault.Failed,
            };
            throw new ConfigFileException(fault, e.Message, e);
        }
    }

    private async Task<SafeFileHandle> LockFolderAsync(string resolved, CancellationToken cancellationToken)
    {
        SafeFileHandle? folder = null;
        try
        {
            folder = FileSystem.OpenForReading(FilePreparation.FolderOf(resolved));
            var locked = await patience.UntilAsync(
                () => FileSystem.TryLock(folder), options.LockPatience, cancellationToken)
                .ConfigureAwait(false);
            if (!locked)
            {
                throw new ConfigFileException(
                    ConfigFileFault.Contended, $"the folder of {resolved} stays locked by another process");
            }

            (var mine, folder) = (folder, null);
            return mine;
        }
        catch (UnixException e)
        {
            throw new ConfigFileException(ConfigFileFault.FolderNotWritable, e.Message, e);
        }
        finally
        {
            folder?.Dispose();
        }
    }

    private string Resolve()
    {
        try
        {
            var resolved = FileSystem.ResolveLinks(Path);
            return FileStatus.OfName(resolved) is { IsRegular: true }
                ? resolved
                : throw new ConfigFileException(ConfigFileFault.NotAFile, $"{Path} is not a regular file");
        }
        catch (UnixException e)
        {
            var fault = e.Number switch
            {
                Errno.NoEntry => FileStatus.OfName(Path) is null
                    ? ConfigFileFault.Missing
                    : ConfigFileFault.DanglingLink,
                Errno.TooManyLinks => ConfigFileFault.DanglingLink,
                Errno.AccessDenied => ConfigFileFault.NotReadable,
                _ => ConfigFileFault.Failed,
            };
            throw new ConfigFileException(fault, e.Message, e);
        }
    }
}
