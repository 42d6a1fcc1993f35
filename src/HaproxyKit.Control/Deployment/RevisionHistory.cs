using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The last changes of one configuration file, kept in a <see cref="StateFolder"/>: what was before, what came after, when, how it ended and
/// what made it. Each is written whole or not at all, and read back only where it is what was written.
/// </summary>
/// <remarks>Several files may have their histories in one folder, and several processes may write to one history.</remarks>
public sealed class RevisionHistory
{
    /// <summary>How many changes are kept where nothing is said.</summary>
    public const int DefaultCapacity = 10;

    /// <summary>The files of a history are not larger than this together, the newest change apart, which is always kept.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly StateFolder _folder;
    private readonly string _target;
    private readonly string _prefix;
    private readonly int _capacity;
    private readonly TimeProvider _time;

    /// <summary>The history of one file; nothing is read yet.</summary>
    /// <param name="folder">The folder that it is kept in.</param>
    /// <param name="configFile">The configuration file's name.</param>
    /// <param name="capacity">How many changes are kept, at least 1.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public RevisionHistory(StateFolder folder, string configFile, int capacity = DefaultCapacity, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(configFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _folder = folder;
        _target = Path.GetFullPath(configFile);
        _prefix = $"change-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_target)).AsSpan(0, 6))}-";
        _capacity = capacity;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Keeps a change, and lets the oldest go.</summary>
    /// <param name="entry">The change; its number and time are given here.</param>
    /// <param name="cancellationToken">Ends the wait for another process that writes to the folder.</param>
    /// <returns>The change with its number and time.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<RevisionHistoryEntry> AddAsync(RevisionHistoryEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var ours = await _folder.LockAsync(_time, cancellationToken).ConfigureAwait(false);
        var names = Names();
        var number = names.Count == 0 ? 1 : NumberOf(names[0]) + 1;
        var kept = entry with { Number = number, Time = _time.GetUtcNow() };
        _folder.Write($"{_prefix}{number.ToString("D10", CultureInfo.InvariantCulture)}", RevisionHistoryFile.Write(kept, _target));
        Prune();
        return kept;
    }

    /// <summary>Reads what is kept.</summary>
    /// <returns>The changes that are whole, and which files are not.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public RevisionHistoryReading Read()
    {
        var entries = new List<RevisionHistoryEntry>();
        var skipped = new List<string>();
        foreach (var name in Names())
        {
            try
            {
                if (_folder.Read(name) is { } content)
                {
                    entries.Add(RevisionHistoryFile.Read(content));
                }
            }
            catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException or IOException)
            {
                skipped.Add($"{Path.Combine(_folder.Path, name)}: {e.Message}");
            }
        }

        return new RevisionHistoryReading([.. entries], [.. skipped]);
    }

    /// <summary>The files of this history, the newest first.</summary>
    private List<string> Names() =>
    [
        .. _folder.Names().Where(name => name.StartsWith(_prefix, StringComparison.Ordinal) && NumberOf(name) > 0).OrderByDescending(NumberOf),
    ];

    private int NumberOf(string name) =>
        int.TryParse(name.AsSpan(_prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void Prune()
    {
        var total = 0L;
        foreach (var (place, name) in Names().Index())
        {
            total += new FileInfo(Path.Combine(_folder.Path, name)).Length;
            if (place > 0 && (place >= _capacity || total > MaxBytes))
            {
                _folder.Delete(name);
            }
        }
    }
}
