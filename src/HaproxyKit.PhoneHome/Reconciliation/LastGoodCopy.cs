using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The copy of HAProxy's file as it served last, in the state folder. Used under the store's lock.</summary>
internal sealed class LastGoodCopy(StateFolder folder, OptionalWrites writes)
{
    internal const string Alarm = "phone-home state last-good";

    private string? _hash;
    private bool _isStale;
    private Served? _owed;

    /// <summary>Notes the file as it is served; <see cref="Save"/> writes it, when those have been answered who wait for HAProxy alone.</summary>
    /// <param name="served">The file.</param>
    /// <param name="hash">Its content hash.</param>
    /// <param name="isNew">Whether HAProxy was changed, so that no copy can be of what it serves now.</param>
    internal void Note(ConfigDocument served, string hash, bool isNew)
    {
        if (isNew || !IsOf(hash))
        {
            _owed = new Served(served, hash, isNew || _owed is { IsNew: true });
        }
    }

    /// <summary>
    /// Writes what was noted. HAProxy has changed by then, so that a folder that takes no file undoes nothing: it is told by an alarm, and the copy of
    /// before is dropped, lest anybody takes it for what is served.
    /// </summary>
    internal void Save()
    {
        if (_owed is not { } owed)
        {
            return;
        }

        _owed = null;
        writes.Try(Alarm, "HAProxy's file as it is served", () =>
        {
            if (owed.IsNew || Read() is not { } kept || ConfigRevision.HashOf(kept) != owed.Hash)
            {
                (_hash, _isStale) = (null, true);
                folder.SaveLastGood(owed.Document.ToBytes());
            }

            (_hash, _isStale) = (owed.Hash, false);
        });
        if (_isStale)
        {
            Drop();
        }
    }

    /// <summary>Whether it is of a revision, as far as this process knows without reading it.</summary>
    internal bool IsOf(string hash) => string.Equals(hash, _owed?.Hash ?? _hash, StringComparison.Ordinal);

    /// <summary>The file as it served last, or null where none was kept.</summary>
    internal byte[]? Read() => _owed?.Document.ToBytes() ?? (_isStale ? null : folder.ReadLastGood());

    private void Drop()
    {
        try
        {
            folder.ForgetLastGood();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The alarm stands already, and this process knows better.
        }
    }

    /// <param name="Document">The file.</param>
    /// <param name="Hash">Its content hash.</param>
    /// <param name="IsNew">Whether HAProxy was changed since the copy was written.</param>
    private sealed record Served(ConfigDocument Document, string Hash, bool IsNew);
}
