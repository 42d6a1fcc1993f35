using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>crt-store</c> section: certificates and what belongs to them, from 3.0 on (configuration manual, chapter
/// 12.7).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class CrtStore : Section
{
    internal static readonly SectionProperty<string?> CertificateBaseProperty =
        Property.Setting("crt-base", Codecs.Word);
    internal static readonly SectionProperty<string?> KeyBaseProperty = Property.Setting("key-base", Codecs.Word);

    internal CrtStore(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The folder of certificates that are named without one.</summary>
    public string? CertificateBase { get => Get(CertificateBaseProperty); set => Set(CertificateBaseProperty, value); }

    /// <summary>The folder of keys that are named without one.</summary>
    public string? KeyBase { get => Get(KeyBaseProperty); set => Set(KeyBaseProperty, value); }

    /// <summary>The <c>load</c> lines.</summary>
    public RuleList<CertificateLoad> Loads => new(this, "load");
}
