using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>Reads the certificates that alone are trusted.</summary>
internal static class CaFile
{
    /// <summary>Reads a file of certificates in PEM.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets a line where it cannot be used.</param>
    /// <returns>The certificates, or null where a problem was added.</returns>
    internal static X509Certificate2Collection? Read(string path, List<string> problems)
    {
        if (!File.Exists(path))
        {
            problems.Add($"WEBHOOK_CA_FILE names no file: {path}");
            return null;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"WEBHOOK_CA_FILE cannot be used: {e.Message}");
            return null;
        }

        // What is no PEM is skipped without a word, and nothing would be trusted then: each call would fail.
        if (certificates.Count == 0)
        {
            problems.Add($"WEBHOOK_CA_FILE holds no certificate in PEM: {path}");
            return null;
        }

        return certificates;
    }
}
