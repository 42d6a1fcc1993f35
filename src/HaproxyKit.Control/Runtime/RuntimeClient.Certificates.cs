namespace HaproxyKit.Control.Runtime;

/// <content>
/// Certificates (management guide, 9.3). They are named by the path that the configuration has. What is changed here is
/// gone after a reload unless the files on disk say the same.
/// </content>
public sealed partial class RuntimeClient
{
    private static readonly RuntimeCommand Certificates = RuntimeCommand.Of("show", "ssl", "cert");

    /// <summary>Shows the names of all certificates that the worker has.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The names, and which of them are about to be replaced.</returns>
    /// <exception cref="RuntimeException">
    /// There was no whole answer, or one that is no such list, or the level is too low.
    /// </exception>
    public async Task<CertificateList> ShowCertificatesAsync(CancellationToken cancellationToken = default)
    {
        var answer = await AskForCertificatesAsync(Certificates, cancellationToken).ConfigureAwait(false);
        return CertificateList.Parse(answer) ?? throw Unexpected(Certificates, answer);
    }

    /// <summary>Shows what a certificate says.</summary>
    /// <param name="name">The certificate.</param>
    /// <param name="uncommitted">Whether to show the one that was set and is not committed yet.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The certificate, or null where there is none of the name.</returns>
    /// <exception cref="ArgumentException">The name is no name of a certificate.</exception>
    /// <exception cref="RuntimeException">
    /// There was no whole answer, or one that is no certificate, or the level is too low.
    /// </exception>
    public async Task<RuntimeCertificate?> ShowCertificateAsync(
        string name, bool uncommitted = false, CancellationToken cancellationToken = default)
    {
        const string NotFound = "Can't display the certificate: Not found or the certificate is a bundle!";
        var command = RuntimeCommand.Of("show", "ssl", "cert", uncommitted ? $"*{CertificateName(name)}" : CertificateName(name));
        var answer = await AskForCertificatesAsync(command, cancellationToken).ConfigureAwait(false);
        return string.Equals(answer, NotFound, StringComparison.Ordinal)
            ? null
            : RuntimeCertificate.Parse(answer) ?? throw Unexpected(command, answer);
    }

    /// <summary>Makes an empty place for a certificate, which can then be set and committed.</summary>
    /// <param name="name">The certificate's name; one that exists is refused.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of a certificate.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> NewCertificateAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(RuntimeCommand.Of("new", "ssl", "cert", CertificateName(name)), cancellationToken).ConfigureAwait(false);
        return SilentAnswer.JudgeSentence(answer, $"New empty certificate store '{name}'!");
    }

    /// <summary>Hands over a certificate, which is used once it is committed.</summary>
    /// <param name="name">The certificate's name, which HAProxy must have already.</param>
    /// <param name="pem">
    /// The certificate, its chain and its key, as in the file. Empty lines, which would end it for HAProxy, are left
    /// out.
    /// </param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">
    /// The name is no name of a certificate; or the text is no PEM, or longer than
    /// <see cref="RuntimeClientOptions.MaxPayloadBytes"/>.
    /// </exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> SetCertificateAsync(string name, string pem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!pem.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            throw new ArgumentException("The text is no PEM.", nameof(pem));
        }

        var lines = pem.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var command = RuntimeCommand.Of("set", "ssl", "cert", CertificateName(name)).WithPayload(string.Join('\n', lines));
        return SilentAnswer.JudgeSentence(
            await SendAsync(command, cancellationToken).ConfigureAwait(false),
            $"Transaction created for certificate {name}!",
            $"Transaction updated for certificate {name}!");
    }

    /// <summary>Puts a certificate that was set to use: new connections get it at once.</summary>
    /// <param name="name">The certificate's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of a certificate.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> CommitCertificateAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(RuntimeCommand.Of("commit", "ssl", "cert", CertificateName(name)), cancellationToken).ConfigureAwait(false);
        var isDone = answer.StartsWith($"Committing {name}", StringComparison.Ordinal) && answer.EndsWith("\nSuccess!", StringComparison.Ordinal);
        return new RuntimeChange(isDone ? RuntimeOutcome.Changed : SilentAnswer.OutcomeOfRefusal(answer), answer);
    }

    /// <summary>Throws away a certificate that was set and is not committed.</summary>
    /// <param name="name">The certificate's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; <see cref="RuntimeOutcome.Unchanged"/> where there was none.</returns>
    /// <exception cref="ArgumentException">The name is no name of a certificate.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> AbortCertificateAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(RuntimeCommand.Of("abort", "ssl", "cert", CertificateName(name)), cancellationToken).ConfigureAwait(false);
        return string.Equals(answer, "No ongoing transaction!", StringComparison.Ordinal)
            ? new RuntimeChange(RuntimeOutcome.Unchanged, answer)
            : SilentAnswer.JudgeSentence(answer, $"Transaction aborted for certificate '{name}'!");
    }

    /// <summary>Deletes a certificate that nothing uses.</summary>
    /// <param name="name">The certificate's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of a certificate.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> DeleteCertificateAsync(string name, CancellationToken cancellationToken = default) =>
        SilentAnswer.JudgeSentence(
            await SendAsync(RuntimeCommand.Of("del", "ssl", "cert", CertificateName(name)), cancellationToken).ConfigureAwait(false),
            $"Certificate '{name}' deleted!");

    /// <summary>Sets a certificate and commits it; where the second is refused, the first is taken back.</summary>
    /// <param name="name">The certificate's name, which HAProxy must have already.</param>
    /// <param name="pem">See <see cref="SetCertificateAsync"/>.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer to the commit, or its first refusal.</returns>
    /// <exception cref="ArgumentException">See <see cref="SetCertificateAsync"/>.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> ReplaceCertificateAsync(string name, string pem, CancellationToken cancellationToken = default)
    {
        var set = await SetCertificateAsync(name, pem, cancellationToken).ConfigureAwait(false);
        if (!set.IsSuccess)
        {
            return set;
        }

        var committed = await CommitCertificateAsync(name, cancellationToken).ConfigureAwait(false);
        if (!committed.IsSuccess)
        {
            await AbortCertificateAsync(name, cancellationToken).ConfigureAwait(false);
        }

        return committed;
    }

    private static string CertificateName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name[0] == '*'
            ? throw new ArgumentException("A certificate's name does not begin with *, which means one that is not committed.", nameof(name))
            : name;
    }

    /// <summary>A level that is too low shows itself here as a lack of memory, on all versions up to 3.2.</summary>
    private async Task<string> AskForCertificatesAsync(RuntimeCommand command, CancellationToken cancellationToken)
    {
        var answer = await ShowAsync(command, cancellationToken).ConfigureAwait(false);
        return string.Equals(answer, "Can't allocate memory!", StringComparison.Ordinal)
            && await ShowLevelAsync(cancellationToken).ConfigureAwait(false) == RuntimeLevel.User
            ? throw Failure(RuntimeFault.PermissionDenied, command, "the socket's level does not allow it")
            : answer;
    }
}
