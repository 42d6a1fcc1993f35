using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>cookie</c> line: the cookie that keeps a client with its server (configuration manual, chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class PersistenceCookie : Directive
{
    internal static readonly DirectiveProperty<string?> NameProperty = Property.At(0, "name", Codecs.Word);
    internal static readonly DirectiveProperty<string?> AttributeProperty = Property.Named("attr", Codecs.Word);
    internal static readonly DirectiveProperty<string?> DomainProperty = Property.Named("domain", Codecs.Word);
    internal static readonly DirectiveProperty<bool> DynamicProperty = Property.Flag("dynamic");
    internal static readonly DirectiveProperty<bool> HttpOnlyProperty = Property.Flag("httponly");
    internal static readonly DirectiveProperty<bool> IndirectProperty = Property.Flag("indirect");
    internal static readonly DirectiveProperty<bool> InsertProperty = Property.Flag("insert");
    internal static readonly DirectiveProperty<TimeSpan?> MaxIdleProperty = Property.Named("maxidle", Codecs.Seconds);
    internal static readonly DirectiveProperty<TimeSpan?> MaxLifeProperty = Property.Named("maxlife", Codecs.Seconds);
    internal static readonly DirectiveProperty<bool> NoCacheProperty = Property.Flag("nocache");
    internal static readonly DirectiveProperty<bool> PostOnlyProperty = Property.Flag("postonly");
    internal static readonly DirectiveProperty<bool> PrefixProperty = Property.Flag("prefix");
    internal static readonly DirectiveProperty<bool> PreserveProperty = Property.Flag("preserve");
    internal static readonly DirectiveProperty<bool> RewriteProperty = Property.Flag("rewrite");
    internal static readonly DirectiveProperty<bool> SecureProperty = Property.Flag("secure");

    internal PersistenceCookie(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The cookie's name.</summary>
    public string? Name { get => Get(NameProperty); set => Set(NameProperty, value); }

    /// <summary>
    /// One more attribute of the cookie; where the line names several, the last one. Setting null removes all.
    /// </summary>
    public string? Attribute { get => Get(AttributeProperty); set => Set(AttributeProperty, value); }

    /// <summary>
    /// The domain of the cookie; where the line names several, the last one. Setting null removes all.
    /// </summary>
    public string? Domain { get => Get(DomainProperty); set => Set(DomainProperty, value); }

    /// <summary>Whether values are made from the servers' addresses and a secret key.</summary>
    public bool Dynamic { get => Get(DynamicProperty); set => Set(DynamicProperty, value); }

    /// <summary>Whether scripts cannot read it.</summary>
    public bool HttpOnly { get => Get(HttpOnlyProperty); set => Set(HttpOnlyProperty, value); }

    /// <summary>Whether servers do not see it.</summary>
    public bool Indirect { get => Get(IndirectProperty); set => Set(IndirectProperty, value); }

    /// <summary>Whether HAProxy sets it.</summary>
    public bool Insert { get => Get(InsertProperty); set => Set(InsertProperty, value); }

    /// <summary>How long it counts after the last use, in whole seconds.</summary>
    public TimeSpan? MaxIdle { get => Get(MaxIdleProperty); set => Set(MaxIdleProperty, value); }

    /// <summary>How long it counts after it was set, in whole seconds.</summary>
    public TimeSpan? MaxLife { get => Get(MaxLifeProperty); set => Set(MaxLifeProperty, value); }

    /// <summary>Whether answers that set it are not to be kept in caches.</summary>
    public bool NoCache { get => Get(NoCacheProperty); set => Set(NoCacheProperty, value); }

    /// <summary>Whether it is set in answers to POST alone.</summary>
    public bool PostOnly { get => Get(PostOnlyProperty); set => Set(PostOnlyProperty, value); }

    /// <summary>Whether the server's name is put before the value that the server sets.</summary>
    public bool Prefix { get => Get(PrefixProperty); set => Set(PrefixProperty, value); }

    /// <summary>Whether a server may set or take it away itself.</summary>
    public bool Preserve { get => Get(PreserveProperty); set => Set(PreserveProperty, value); }

    /// <summary>Whether the server sets it and HAProxy writes the value.</summary>
    public bool Rewrite { get => Get(RewriteProperty); set => Set(RewriteProperty, value); }

    /// <summary>Whether clients send it by TLS alone.</summary>
    public bool Secure { get => Get(SecureProperty); set => Set(SecureProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word is "attr" or "domain" or "maxidle" or "maxlife";
}
