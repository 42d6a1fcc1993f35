using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>log-profile</c> section: how the messages of one log target are written, from 3.1 on (configuration manual,
/// chapter 8.3.5).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class LogProfile : Section
{
    internal static readonly SectionProperty<string?> LogTagProperty = Property.Setting("log-tag", Codecs.Word);

    internal LogProfile(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The tag of messages.</summary>
    public string? LogTag { get => Get(LogTagProperty); set => Set(LogTagProperty, value); }

    /// <summary>The <c>on</c> lines, one for each step.</summary>
    public RuleList<LogStep> Steps => new(this, "on");
}
