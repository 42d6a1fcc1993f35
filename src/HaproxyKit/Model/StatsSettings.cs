using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What a proxy says about its page of statistics (configuration manual, chapter 4.2, <c>stats</c>).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class StatsSettings
{
    internal static readonly SectionProperty<bool> EnabledProperty = Property.FlagSetting("stats enable");
    internal static readonly SectionProperty<bool> HideVersionProperty = Property.FlagSetting("stats hide-version");
    internal static readonly SectionProperty<string?> RealmProperty = Property.Setting("stats realm", Codecs.Word);
    internal static readonly SectionProperty<TimeSpan?> RefreshProperty =
        Property.Setting("stats refresh", Codecs.Seconds);
    internal static readonly SectionProperty<bool> ShowLegendsProperty = Property.FlagSetting("stats show-legends");
    internal static readonly SectionProperty<string?> ShowNodeProperty =
        Property.Setting("stats show-node", Codecs.Word);
    internal static readonly SectionProperty<string?> UriProperty = Property.Setting("stats uri", Codecs.Word);

    private readonly Section _section;

    internal StatsSettings(Section section) => _section = section;

    /// <summary>Whether the page is there even without another line about it.</summary>
    public bool Enabled { get => _section.Get(EnabledProperty); set => _section.Set(EnabledProperty, value); }

    /// <summary>Whether the page keeps HAProxy's version to itself.</summary>
    public bool HideVersion
    {
        get => _section.Get(HideVersionProperty);
        set => _section.Set(HideVersionProperty, value);
    }

    /// <summary>What a client that is asked for a password sees.</summary>
    public string? Realm { get => _section.Get(RealmProperty); set => _section.Set(RealmProperty, value); }

    /// <summary>How often browsers load the page anew.</summary>
    public TimeSpan? Refresh { get => _section.Get(RefreshProperty); set => _section.Set(RefreshProperty, value); }

    /// <summary>Whether the page explains its entries.</summary>
    public bool ShowLegends
    {
        get => _section.Get(ShowLegendsProperty);
        set => _section.Set(ShowLegendsProperty, value);
    }

    /// <summary>The name of the machine on the page.</summary>
    public string? ShowNode { get => _section.Get(ShowNodeProperty); set => _section.Set(ShowNodeProperty, value); }

    /// <summary>What the path of the page begins with.</summary>
    public string? Uri { get => _section.Get(UriProperty); set => _section.Set(UriProperty, value); }

    /// <summary>The <c>stats auth</c> lines: who may see the page, with the password in clear.</summary>
    public IReadOnlyList<Directive> Users => Lines("auth");

    /// <summary>The <c>stats admin</c> lines: who may change servers from the page.</summary>
    public IReadOnlyList<Directive> Admins => Lines("admin");

    /// <summary>Adds a user who may see the page; the password stands in the file in clear.</summary>
    /// <param name="user">The user's name, without a colon.</param>
    /// <param name="password">The password.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">The name holds a colon, or one of the two is empty or holds a control
    /// character.</exception>
    public Directive AddUser(string user, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        ArgumentException.ThrowIfNullOrEmpty(password);
        return user.Contains(':', StringComparison.Ordinal)
            ? throw new ArgumentException("The name of a user must not hold a colon.", nameof(user))
            : _section.Directives.Add("stats", "auth", $"{user}:{password}");
    }

    private List<Directive> Lines(string word) =>
        [.. _section.Directives["stats"].Where(line => line.Arguments is { Count: > 0 } words && words[0].Value == word)];
}
