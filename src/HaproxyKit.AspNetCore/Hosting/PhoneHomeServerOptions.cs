namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>Where the webhook listens, and with which certificate.</summary>
public sealed class PhoneHomeServerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "PhoneHome:Server";

    /// <summary>The addresses and ports, with commas between, such as <c>0.0.0.0:9000,[::]:9000</c>.</summary>
    /// <value><c>127.0.0.1:9000</c></value>
    public string Listen { get; set; } = "127.0.0.1:9000";

    /// <summary>
    /// The certificate and its intermediates in PEM, read again when the file changes. Without it only loopback
    /// addresses are
    /// listened on, in plain HTTP.
    /// </summary>
    /// <value>Null.</value>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate's private key in PEM, not encrypted.</summary>
    /// <value>Null: the key is in <see cref="CertificateFile"/>.</value>
    public string? KeyFile { get; set; }

    /// <summary>How many connections are served at once; further ones are closed.</summary>
    /// <value>1024</value>
    public int MaxConnections { get; set; } = 1024;
}
