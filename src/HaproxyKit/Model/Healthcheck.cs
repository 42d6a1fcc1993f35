using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>healthcheck</c> section: a health check that servers name, from 3.3 on (configuration manual of 3.3,
/// chapter 12).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Healthcheck : Section
{
    internal static readonly SectionProperty<string?> TypeProperty = Property.LanguageSetting("type");

    internal Healthcheck(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>
    /// The kind of check, for example <c>tcp-check</c> or <c>httpchk</c>, in HAProxy's own language.
    /// </summary>
    public string? Type { get => Get(TypeProperty); set => Set(TypeProperty, value); }

    /// <summary>The steps of HTTP checks.</summary>
    public RuleList<CheckRule> HttpChecks => new(this, "http-check");

    /// <summary>The steps of TCP checks.</summary>
    public RuleList<CheckRule> TcpChecks => new(this, "tcp-check");
}
