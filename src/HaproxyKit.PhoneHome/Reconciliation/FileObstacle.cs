using HaproxyKit.Control.Deployment;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What keeps passes from the files that they read and write, until one gets through.</summary>
/// <param name="file">HAProxy's file.</param>
/// <param name="store">The wanted mappings.</param>
internal sealed class FileObstacle(ConfigFile file, MappingStore store)
{
    private volatile string? _reason;

    /// <summary>Why the last pass broke off, or null where none has since one got through; needs no lock.</summary>
    internal string? Reason => _reason;

    /// <summary>A pass has met it.</summary>
    internal void Begin(string reason) => _reason = reason;

    /// <summary>
    /// A pass has met none. One that changes nothing writes nothing either, so that writing is tried where it did not go: a full disk is no less
    /// full for it. Under the store's lock.
    /// </summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_reason is null)
        {
            return;
        }

        try
        {
            store.TryWriting();
            var verification = await file.VerifyAsync(cancellationToken).ConfigureAwait(false);
            _reason = verification.IsUsable ? null : verification.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _reason = e.Message;
        }
    }
}
