using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>
/// Refuses to start where tokens would travel in clear text, or where the certificate cannot be used.
/// </summary>
internal sealed class PhoneHomeServerOptionsValidator : IValidateOptions<PhoneHomeServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomeServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        var hasCertificate = !string.IsNullOrEmpty(options.CertificateFile);
        if (!ListenAddresses.TryParse(options.Listen, out var endPoints, out var problem))
        {
            failures.Add($"{PhoneHomeServerOptions.SectionName}:Listen {problem}");
        }
        else if (!hasCertificate && endPoints.FirstOrDefault(e => !IPAddress.IsLoopback(e.Address)) is { } open)
        {
            failures.Add(
                $"{PhoneHomeServerOptions.SectionName}:Listen has {open}, where tokens would travel in clear text: "
                + "name a CertificateFile, or listen on a loopback address");
        }

        if (hasCertificate)
        {
            CheckCertificate(options, failures);
        }

        if (options.MaxConnections < 1)
        {
            failures.Add($"{PhoneHomeServerOptions.SectionName}:MaxConnections must be 1 or more");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckCertificate(PhoneHomeServerOptions options, List<string> failures)
    {
        try
        {
            _ = new ServerCertificate(
                options.CertificateFile!, options.KeyFile, TimeProvider.System, NullLogger.Instance);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failures.Add($"{PhoneHomeServerOptions.SectionName}:CertificateFile and KeyFile cannot be used: {e.Message}");
        }
    }
}
