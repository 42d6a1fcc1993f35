using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>
/// Makes certificates for 127.0.0.1: an authority, and under it one for the server with its key, in PEM.
/// </summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes an authority.</summary>
    /// <param name="root">The authority above it, or null.</param>
    internal TestCertificate(TestCertificate? root = null)
    {
        var request = new CertificateRequest(root is null ? "CN=test root" : "CN=test intermediate", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (root is null)
        {
            Authority = request.CreateSelfSigned(Start, Start.AddYears(10));
            return;
        }

        using var issued = request.Create(root.Authority, Start, Start.AddYears(5), RandomNumberGenerator.GetBytes(12));
        Authority = issued.CopyWithPrivateKey(authorityKey);
    }

    internal X509Certificate2 Authority { get; }

    private static DateTimeOffset Start => DateTimeOffset.UtcNow.AddDays(-1);

    /// <summary>Makes a server's certificate.</summary>
    /// <returns>The certificate and its key in PEM.</returns>
    internal (string Certificate, string Key) Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var issued = request.Create(Authority, Start, Start.AddYears(1), RandomNumberGenerator.GetBytes(12));
        return (issued.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        authorityKey.Dispose();
    }
}
