using System.Net.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>Opens the listeners and bounds what strangers can make the server hold.</summary>
internal sealed class KestrelSetup(
    IOptions<PhoneHomeServerOptions> options, TimeProvider time, ILogger<ServerCertificate> logger)
    : IPostConfigureOptions<KestrelServerOptions>
{
    // More than a call may have: Kestrel counts the frames of chunks too, and reads away what a refused client is still
    // sending, so that the client gets to read why. What is kept of a body is bounded where it is read.
    private const int MaxReadAway = 1024 * 1024;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public void PostConfigure(string? name, KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        var server = options.Value;
        SetLimits(kestrel, server);

        // Endpoints that other settings name would pass by the rule that plain HTTP stays on loopback.
        kestrel.Configure();
        if (!ListenAddresses.TryParse(server.Listen, out var endPoints, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        var certificate = string.IsNullOrEmpty(server.CertificateFile)
            ? null
            : new ServerCertificate(server.CertificateFile, server.KeyFile, time, logger);
        foreach (var endPoint in endPoints)
        {
            kestrel.Listen(endPoint, listen => Secure(listen, certificate));
        }
    }

    private static void SetLimits(KestrelServerOptions kestrel, PhoneHomeServerOptions server)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxReadAway;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MaxConcurrentConnections = server.MaxConnections;
    }

    private static void Secure(ListenOptions listen, ServerCertificate? certificate)
    {
        if (certificate is null)
        {
            return;
        }

        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current,
            }),
        });
    }
}
