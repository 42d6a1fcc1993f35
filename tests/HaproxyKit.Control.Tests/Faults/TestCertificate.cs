using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>A certificate for nobody, with its key, as HAProxy reads them from one file.</summary>
internal static class TestCertificate
{
    internal static string Pem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test.invalid", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
