using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>acme</c> section: how certificates are had by ACME, from 3.2 on (configuration manual, chapter 12.8).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Acme : Section
{
    internal static readonly SectionProperty<string?> AccountKeyProperty = Property.Setting("account-key", Codecs.Word);
    internal static readonly SectionProperty<int?> BitsProperty = Property.Setting("bits", Codecs.Number());
    internal static readonly SectionProperty<string?> ChallengeProperty = Property.Setting("challenge", Codecs.Word);
    internal static readonly SectionProperty<string?> ContactProperty = Property.Setting("contact", Codecs.Word);
    internal static readonly SectionProperty<string?> CurvesProperty = Property.Setting("curves", Codecs.Word);
    internal static readonly SectionProperty<string?> DirectoryUrlProperty = Property.Setting("directory", Codecs.Word);
    internal static readonly SectionProperty<string?> KeyTypeProperty = Property.Setting("keytype", Codecs.Word);
    internal static readonly SectionProperty<string?> MapProperty = Property.Setting("map", Codecs.Word);

    internal Acme(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The file with the key of the account.</summary>
    public string? AccountKey { get => Get(AccountKeyProperty); set => Set(AccountKeyProperty, value); }

    /// <summary>The length of RSA keys, in bits.</summary>
    public int? Bits { get => Get(BitsProperty); set => Set(BitsProperty, value); }

    /// <summary>The challenge, <c>http-01</c> or <c>dns-01</c>.</summary>
    public string? Challenge { get => Get(ChallengeProperty); set => Set(ChallengeProperty, value); }

    /// <summary>The address of mail that the authority may use.</summary>
    public string? Contact { get => Get(ContactProperty); set => Set(ContactProperty, value); }

    /// <summary>The curve of elliptic keys.</summary>
    public string? Curves { get => Get(CurvesProperty); set => Set(CurvesProperty, value); }

    /// <summary>The URL of the authority.</summary>
    public string? DirectoryUrl { get => Get(DirectoryUrlProperty); set => Set(DirectoryUrlProperty, value); }

    /// <summary><c>RSA</c> or <c>ECDSA</c>.</summary>
    public string? KeyType { get => Get(KeyTypeProperty); set => Set(KeyTypeProperty, value); }

    /// <summary>The map in which challenges are kept, for example <c>virt@acme</c>.</summary>
    public string? Map { get => Get(MapProperty); set => Set(MapProperty, value); }
}
