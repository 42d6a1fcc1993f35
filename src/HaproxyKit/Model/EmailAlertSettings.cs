using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What a proxy says about mails when servers change their state (configuration manual, chapter 4.2,
/// <c>email-alert</c>).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class EmailAlertSettings
{
    internal static readonly SectionProperty<string?> FromProperty = Property.Setting("email-alert from", Codecs.Word);
    internal static readonly SectionProperty<string?> LevelProperty =
        Property.Setting("email-alert level", Codecs.Word);
    internal static readonly SectionProperty<string?> MailersProperty =
        Property.Setting("email-alert mailers", Codecs.Name);
    internal static readonly SectionProperty<string?> MyHostnameProperty =
        Property.Setting("email-alert myhostname", Codecs.Word);
    internal static readonly SectionProperty<string?> ToProperty = Property.Setting("email-alert to", Codecs.Word);

    private readonly Section _section;

    internal EmailAlertSettings(Section section) => _section = section;

    /// <summary>The sender's address.</summary>
    public string? From { get => _section.Get(FromProperty); set => _section.Set(FromProperty, value); }

    /// <summary>The level from which a mail is sent, for example <c>alert</c>.</summary>
    public string? Level { get => _section.Get(LevelProperty); set => _section.Set(LevelProperty, value); }

    /// <summary>The name of the <c>mailers</c> section.</summary>
    public string? Mailers { get => _section.Get(MailersProperty); set => _section.Set(MailersProperty, value); }

    /// <summary>The name by which HAProxy introduces itself.</summary>
    public string? MyHostname
    {
        get => _section.Get(MyHostnameProperty);
        set => _section.Set(MyHostnameProperty, value);
    }

    /// <summary>The receiver's address.</summary>
    public string? To { get => _section.Get(ToProperty); set => _section.Set(ToProperty, value); }
}
