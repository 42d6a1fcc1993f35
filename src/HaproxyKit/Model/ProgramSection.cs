using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>program</c> section: a program that the master starts, up to 3.2 (configuration manual, chapter 12.9).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ProgramSection : Section
{
    internal static readonly SectionProperty<string?> CommandProperty = Property.LanguageSetting("command");
    internal static readonly SectionProperty<string?> GroupProperty = Property.Setting("group", Codecs.Word);
    internal static readonly SectionProperty<bool?> StartOnReloadProperty = Property.Switch("option start-on-reload");
    internal static readonly SectionProperty<string?> UserProperty = Property.Setting("user", Codecs.Word);

    internal ProgramSection(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The command with its arguments, in HAProxy's own language.</summary>
    public string? Command { get => Get(CommandProperty); set => Set(CommandProperty, value); }

    /// <summary>The group under which it runs.</summary>
    public string? Group { get => Get(GroupProperty); set => Set(GroupProperty, value); }

    /// <summary>Whether a reload starts it anew; null where the section does not say.</summary>
    public bool? StartOnReload { get => Get(StartOnReloadProperty); set => Set(StartOnReloadProperty, value); }

    /// <summary>The user under whom it runs.</summary>
    public string? User { get => Get(UserProperty); set => Set(UserProperty, value); }
}
