using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>fcgi-app</c> section: an application behind FastCGI (configuration manual, chapter 10.1.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class FcgiApp : Section
{
    internal static readonly SectionProperty<string?> DocumentRootProperty = Property.Setting("docroot", Codecs.Word);
    internal static readonly SectionProperty<string?> IndexProperty = Property.Setting("index", Codecs.Word);
    internal static readonly SectionProperty<string?> PathInfoProperty = Property.Setting("path-info", Codecs.Word);

    internal FcgiApp(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The folder of scripts on the application's machine.</summary>
    public string? DocumentRoot { get => Get(DocumentRootProperty); set => Set(DocumentRootProperty, value); }

    /// <summary>The script for paths that end in a slash.</summary>
    public string? Index { get => Get(IndexProperty); set => Set(IndexProperty, value); }

    /// <summary>
    /// The regular expression, in HAProxy's own language, that divides the path into script and rest.
    /// </summary>
    public string? PathInfo { get => Get(PathInfoProperty); set => Set(PathInfoProperty, value); }

    /// <summary>The acls.</summary>
    public NamedDirectiveList<Acl> Acls => new(this, "acl");

    /// <summary>The options by name.</summary>
    public OptionSet Options => new(this);

    /// <summary>The <c>set-param</c> lines.</summary>
    public RuleList<Directive> Parameters => new(this, "set-param");

    /// <summary>The <c>pass-header</c> lines.</summary>
    public RuleList<Directive> PassedHeaders => new(this, "pass-header");
}
