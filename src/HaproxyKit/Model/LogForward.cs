using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>log-forward</c> section: log messages are taken and sent on (configuration manual, chapter 12.6).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class LogForward : Section
{
    internal static readonly SectionProperty<int?> BacklogProperty = Property.Setting("backlog", Codecs.Number());
    internal static readonly SectionProperty<int?> MaxConnectionsProperty =
        Property.Setting("maxconn", Codecs.Number());

    internal LogForward(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>How many connections may wait to be accepted.</summary>
    public int? Backlog { get => Get(BacklogProperty); set => Set(BacklogProperty, value); }

    /// <summary>The most connections at once.</summary>
    public int? MaxConnections { get => Get(MaxConnectionsProperty); set => Set(MaxConnectionsProperty, value); }

    /// <summary>Where messages arrive by TCP.</summary>
    public BindList Binds => new(this);

    /// <summary>Where messages arrive by UDP.</summary>
    public TypedDirectiveList<DatagramBind> DatagramBinds => new(this, "dgram-bind");

    /// <summary>Where messages are sent.</summary>
    public RuleList<LogTarget> Logs => new(this, "log");

    /// <summary>The options by name.</summary>
    public OptionSet Options => new(this);

    /// <summary>The time limits; <c>timeout client</c> is the only one.</summary>
    public TimeoutSet Timeouts => new(this);
}
