using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>What <c>global</c> says about TLS (configuration manual, chapter 3.1).</summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class GlobalSsl
{
    internal static readonly SectionProperty<string?> CaBaseProperty = Property.Setting("ca-base", Codecs.Word);
    internal static readonly SectionProperty<string?> CertificateBaseProperty =
        Property.Setting("crt-base", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultBindCiphersProperty =
        Property.Setting("ssl-default-bind-ciphers", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultBindCipherSuitesProperty =
        Property.Setting("ssl-default-bind-ciphersuites", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultBindCurvesProperty =
        Property.Setting("ssl-default-bind-curves", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultBindOptionsProperty =
        Property.LanguageSetting("ssl-default-bind-options");
    internal static readonly SectionProperty<string?> DefaultServerCiphersProperty =
        Property.Setting("ssl-default-server-ciphers", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultServerCipherSuitesProperty =
        Property.Setting("ssl-default-server-ciphersuites", Codecs.Word);
    internal static readonly SectionProperty<string?> DefaultServerOptionsProperty =
        Property.LanguageSetting("ssl-default-server-options");
    internal static readonly SectionProperty<string?> DhParameterFileProperty =
        Property.Setting("ssl-dh-param-file", Codecs.Word);
    internal static readonly SectionProperty<string?> KeyBaseProperty = Property.Setting("key-base", Codecs.Word);
    internal static readonly SectionProperty<string?> LoadExtraFilesProperty =
        Property.LanguageSetting("ssl-load-extra-files");
    internal static readonly SectionProperty<string?> ServerVerifyProperty =
        Property.Setting("ssl-server-verify", Codecs.Word);

    private readonly Section _section;

    internal GlobalSsl(Section section) => _section = section;

    /// <summary>The folder of authorities' files that are named without one.</summary>
    public string? CaBase { get => _section.Get(CaBaseProperty); set => _section.Set(CaBaseProperty, value); }

    /// <summary>The folder of certificates that are named without one.</summary>
    public string? CertificateBase
    {
        get => _section.Get(CertificateBaseProperty);
        set => _section.Set(CertificateBaseProperty, value);
    }

    /// <summary>The ciphers of listeners up to TLS 1.2, in the language of OpenSSL.</summary>
    public string? DefaultBindCiphers
    {
        get => _section.Get(DefaultBindCiphersProperty);
        set => _section.Set(DefaultBindCiphersProperty, value);
    }

    /// <summary>The cipher suites of listeners in TLS 1.3, in the language of OpenSSL.</summary>
    public string? DefaultBindCipherSuites
    {
        get => _section.Get(DefaultBindCipherSuitesProperty);
        set => _section.Set(DefaultBindCipherSuitesProperty, value);
    }

    /// <summary>The curves of listeners, in the language of OpenSSL.</summary>
    public string? DefaultBindCurves
    {
        get => _section.Get(DefaultBindCurvesProperty);
        set => _section.Set(DefaultBindCurvesProperty, value);
    }

    /// <summary>
    /// The words of listeners, for example <c>ssl-min-ver TLSv1.2 no-tls-tickets</c>, in HAProxy's own language.
    /// </summary>
    public string? DefaultBindOptions
    {
        get => _section.Get(DefaultBindOptionsProperty);
        set => _section.Set(DefaultBindOptionsProperty, value);
    }

    /// <summary>The ciphers of servers up to TLS 1.2, in the language of OpenSSL.</summary>
    public string? DefaultServerCiphers
    {
        get => _section.Get(DefaultServerCiphersProperty);
        set => _section.Set(DefaultServerCiphersProperty, value);
    }

    /// <summary>The cipher suites of servers in TLS 1.3, in the language of OpenSSL.</summary>
    public string? DefaultServerCipherSuites
    {
        get => _section.Get(DefaultServerCipherSuitesProperty);
        set => _section.Set(DefaultServerCipherSuitesProperty, value);
    }

    /// <summary>The words of servers, in HAProxy's own language.</summary>
    public string? DefaultServerOptions
    {
        get => _section.Get(DefaultServerOptionsProperty);
        set => _section.Set(DefaultServerOptionsProperty, value);
    }

    /// <summary>The file with Diffie-Hellman parameters.</summary>
    public string? DhParameterFile
    {
        get => _section.Get(DhParameterFileProperty);
        set => _section.Set(DhParameterFileProperty, value);
    }

    /// <summary>The folder of keys that are named without one.</summary>
    public string? KeyBase { get => _section.Get(KeyBaseProperty); set => _section.Set(KeyBaseProperty, value); }

    /// <summary>
    /// What is looked for beside a certificate, for example <c>key ocsp</c>, in HAProxy's own language.
    /// </summary>
    public string? LoadExtraFiles
    {
        get => _section.Get(LoadExtraFilesProperty);
        set => _section.Set(LoadExtraFilesProperty, value);
    }

    /// <summary>Whether servers' certificates are verified: <c>none</c> or <c>required</c>.</summary>
    public string? ServerVerify
    {
        get => _section.Get(ServerVerifyProperty);
        set => _section.Set(ServerVerifyProperty, value);
    }
}
