using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>load</c> line in <c>crt-store</c>: a certificate and where its parts are, from 3.0 on (configuration
/// manual, chapter 12.7.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class CertificateLoad : Directive
{
    internal static readonly DirectiveProperty<string?> AcmeProperty = Property.Named("acme", Codecs.Name);
    internal static readonly DirectiveProperty<string?> AliasProperty = Property.Named("alias", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CertificateProperty = Property.Named("crt", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> DomainsProperty =
        Property.Named("domains", Codecs.CommaList);
    internal static readonly DirectiveProperty<string?> IssuerProperty = Property.Named("issuer", Codecs.Word);
    internal static readonly DirectiveProperty<string?> KeyProperty = Property.Named("key", Codecs.Word);
    internal static readonly DirectiveProperty<string?> OcspProperty = Property.Named("ocsp", Codecs.Word);
    internal static readonly DirectiveProperty<bool?> OcspUpdateProperty = Property.Named("ocsp-update", Codecs.OnOff);
    internal static readonly DirectiveProperty<string?> SctlProperty = Property.Named("sctl", Codecs.Word);

    internal CertificateLoad(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The name of the <c>acme</c> section that keeps it fresh.</summary>
    public string? Acme { get => Get(AcmeProperty); set => Set(AcmeProperty, value); }

    /// <summary>A name by which it is used in place of the file.</summary>
    public string? Alias { get => Get(AliasProperty); set => Set(AliasProperty, value); }

    /// <summary>The file with the certificate.</summary>
    public string? Certificate { get => Get(CertificateProperty); set => Set(CertificateProperty, value); }

    /// <summary>The names that <c>acme</c> asks for.</summary>
    public IReadOnlyList<string>? Domains { get => Get(DomainsProperty); set => Set(DomainsProperty, value); }

    /// <summary>The file with the certificate of the issuer.</summary>
    public string? Issuer { get => Get(IssuerProperty); set => Set(IssuerProperty, value); }

    /// <summary>The file with the key.</summary>
    public string? Key { get => Get(KeyProperty); set => Set(KeyProperty, value); }

    /// <summary>The file with the answer of the OCSP responder.</summary>
    public string? Ocsp { get => Get(OcspProperty); set => Set(OcspProperty, value); }

    /// <summary>Whether the answer of the OCSP responder is kept fresh.</summary>
    public bool? OcspUpdate { get => Get(OcspUpdateProperty); set => Set(OcspUpdateProperty, value); }

    /// <summary>The file with the list of signed timestamps.</summary>
    public string? Sctl { get => Get(SctlProperty); set => Set(SctlProperty, value); }

    internal override int PositionalCount => 0;

    internal override bool TakesValue(string word) => true;
}
