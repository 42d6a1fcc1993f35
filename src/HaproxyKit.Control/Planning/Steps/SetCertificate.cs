using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A certificate is replaced by another one (<c>set ssl cert</c>, <c>commit ssl cert</c>): new connections get it at once.</summary>
/// <param name="Path">The certificate's file as the configuration names it.</param>
/// <param name="Pem">The certificate, its chain and its key, as in the file.</param>
/// <param name="Fingerprint">The SHA-1 fingerprint of the certificate itself in hexadecimal digits, by which HAProxy shows it.</param>
/// <remarks>
/// A certificate that the worker has not loaded is none of its business: nothing is done, and that is as wanted. HAProxy shows no fingerprint
/// of the chain: another chain of the same certificate is sent, and its being taken is known from HAProxy's answer alone.
/// </remarks>
public sealed record SetCertificate(string Path, string Pem, string Fingerprint) : RuntimeStep
{
    /// <inheritdoc/>
    public override string Description => $"replace the certificate {Path}";

    /// <inheritdoc/>
    public override string? Proxy => null;

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        await runtime.ShowCertificateAsync(Path, uncommitted: false, cancellationToken).ConfigureAwait(false) is null
            ? new RuntimeChange(RuntimeOutcome.Unchanged, "")
            : await runtime.ReplaceCertificateAsync(Path, Pem, cancellationToken).ConfigureAwait(false);

    /// <summary>The running state says nothing of certificates.</summary>
    internal override bool HoldsIn(RunningState state) => false;

    internal override async ValueTask<bool> HoldsAsync(RuntimeClient runtime, RunningState state, CancellationToken cancellationToken) =>
        await runtime.ShowCertificateAsync(Path, uncommitted: false, cancellationToken).ConfigureAwait(false) is not { } present
        || string.Equals(present.Fingerprint, Fingerprint, StringComparison.OrdinalIgnoreCase);
}
