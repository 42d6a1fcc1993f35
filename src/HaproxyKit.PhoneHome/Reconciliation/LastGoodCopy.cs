using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The copy of HAProxy's file as it served last, in the state folder. Used under the store's lock.</summary>
internal sealed class LastGoodCopy(StateFolder folder, OptionalWrites writes)
{
    internal const string Alarm = "phone-home state last-good";

    private string? _hash;
    private bool _isStale;

    /// <summary>
    /// Keeps the file as it is served. HAProxy has changed by then, so that a folder that takes no file undoes nothing: it is told by an alarm, and
    /// the copy of before is dropped, lest anybody takes it for what is served.
    /// </summary>
    /// <param name="served">The file.</param>
    /// <param name="hash">Its content hash.</param>
    /// <param name="isNew">Whether HAProxy was changed, so that no copy can be of what it serves now.</param>
    internal void Keep(ConfigDocument served, string hash, bool isNew)
    {
        if (!isNew && IsOf(hash))
        {
            return;
        }

        writes.Try(Alarm, "HAProxy's file as it is served", () =>
        {
            if (isNew || Read() is not { } kept || ConfigRevision.HashOf(kept) != hash)
            {
                (_hash, _isStale) = (null, true);
                folder.SaveLastGood(served.ToBytes());
            }

            (_hash, _isStale) = (hash, false);
        });
        if (_isStale)
        {
            Drop();
        }
    }

    /// <summary>Whether it is of a revision, as far as this process knows without reading it.</summary>
    internal bool IsOf(string hash) => string.Equals(hash, _hash, StringComparison.Ordinal);

    /// <summary>The file as it served last, or null where none was kept.</summary>
    internal byte[]? Read() => _isStale ? null : folder.ReadLastGood();

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
}
