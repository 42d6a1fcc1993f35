using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>
/// A certificate in files that somebody renews: looked at again now and then, replaced when it has changed.
/// </summary>
internal sealed partial class ServerCertificate
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock looking = new();
    private long lastLook;
    private (string Certificate, string Key) text;
    private volatile SslStreamCertificateContext current;

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">The files hold no certificate and key that fit together.</exception>
    internal ServerCertificate(string certificateFile, string? keyFile, TimeProvider time, ILogger logger)
    {
        this.certificateFile = certificateFile;
        this.keyFile = string.IsNullOrEmpty(keyFile) ? certificateFile : keyFile;
        this.time = time;
        this.logger = logger;
        text = ReadText();
        current = Load(text.Certificate, text.Key);
        lastLook = time.GetTimestamp();
    }

    /// <summary>
    /// The certificate with its intermediates, as the files hold it now or held it a few seconds ago.
    /// </summary>
    internal SslStreamCertificateContext Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref lastLook)) >= LookInterval && looking.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    looking.Exit();
                }
            }

            return current;
        }
    }

    private void Look()
    {
        Volatile.Write(ref lastLook, time.GetTimestamp());
        try
        {
            var now = ReadText();
            if (now != text)
            {
                current = Load(now.Certificate, now.Key);
                text = now;
                LogRenewed(certificateFile, current.TargetCertificate.NotAfter);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The two files of a renewal are not replaced at one instant: the next look sees both.
            LogNotRenewed(e, certificateFile);
        }
    }

    private (string Certificate, string Key) ReadText() => (File.ReadAllText(certificateFile), File.ReadAllText(keyFile));

    private static SslStreamCertificateContext Load(string certificate, string key)
    {
        var leaf = LoadLeaf(certificate, key);
        var intermediates = new X509Certificate2Collection();
        intermediates.ImportFromPem(certificate);
        intermediates.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    private static X509Certificate2 LoadLeaf(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (ArgumentException e)
        {
            // How the framework tells of a key of another certificate: to us it is the files' content, not a caller's mistake.
            throw new CryptographicException(e.Message, e);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The certificate in {File} was renewed and ends {NotAfter}")]
    private partial void LogRenewed(string file, DateTime notAfter);

    [LoggerMessage(2, LogLevel.Warning, "The certificate in {File} changed and cannot be used; the former one serves on")]
    private partial void LogNotRenewed(Exception exception, string file);
}
