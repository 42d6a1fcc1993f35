using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>resolvers</c> section: name servers for addresses that change at run time (configuration manual, chapter
/// 5.3.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Resolvers : Section
{
    internal static readonly SectionProperty<int?> AcceptedPayloadSizeProperty =
        Property.Setting("accepted_payload_size", Codecs.Number(512, 65535));
    internal static readonly SectionProperty<TimeSpan?> HoldNxProperty = Property.Setting("hold nx", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HoldObsoleteProperty =
        Property.Setting("hold obsolete", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HoldOtherProperty = Property.Setting("hold other", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HoldRefusedProperty =
        Property.Setting("hold refused", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HoldTimeoutProperty =
        Property.Setting("hold timeout", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HoldValidProperty = Property.Setting("hold valid", Codecs.Time);
    internal static readonly SectionProperty<bool> ParseResolvConfProperty = Property.FlagSetting("parse-resolv-conf");
    internal static readonly SectionProperty<int?> ResolveRetriesProperty =
        Property.Setting("resolve_retries", Codecs.Number(1));

    internal Resolvers(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The longest answer by UDP that is offered to be taken, in bytes, 512 to 65535.</summary>
    public int? AcceptedPayloadSize
    {
        get => Get(AcceptedPayloadSizeProperty);
        set => Set(AcceptedPayloadSizeProperty, value);
    }

    /// <summary>How long an address is kept when the name is said not to exist.</summary>
    public TimeSpan? HoldNx { get => Get(HoldNxProperty); set => Set(HoldNxProperty, value); }

    /// <summary>How long an address is kept that answers do not have any more.</summary>
    public TimeSpan? HoldObsolete { get => Get(HoldObsoleteProperty); set => Set(HoldObsoleteProperty, value); }

    /// <summary>How long an address is kept after other errors.</summary>
    public TimeSpan? HoldOther { get => Get(HoldOtherProperty); set => Set(HoldOtherProperty, value); }

    /// <summary>How long an address is kept when name servers refuse.</summary>
    public TimeSpan? HoldRefused { get => Get(HoldRefusedProperty); set => Set(HoldRefusedProperty, value); }

    /// <summary>How long an address is kept when name servers are silent.</summary>
    public TimeSpan? HoldTimeout { get => Get(HoldTimeoutProperty); set => Set(HoldTimeoutProperty, value); }

    /// <summary>How long an answer counts.</summary>
    public TimeSpan? HoldValid { get => Get(HoldValidProperty); set => Set(HoldValidProperty, value); }

    /// <summary>Whether the machine's own name servers are used, too.</summary>
    public bool ParseResolvConf { get => Get(ParseResolvConfProperty); set => Set(ParseResolvConfProperty, value); }

    /// <summary>How often a query is sent before it has failed, from 1.</summary>
    public int? ResolveRetries { get => Get(ResolveRetriesProperty); set => Set(ResolveRetriesProperty, value); }

    /// <summary>The <c>nameserver</c> lines.</summary>
    public NamedDirectiveList<Nameserver> Nameservers => new(this, "nameserver");

    /// <summary>The time limits, <c>resolve</c> and <c>retry</c>, by their names.</summary>
    public TimeoutSet Timeouts => new(this);

    /// <summary>Adds a name server behind the others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">Its address.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, there is a name server of that name, or the
    /// address is the default value.</exception>
    public Nameserver Nameserver(string name, Address address) => Nameservers.Add(name, Codecs.Address.Write(address));
}
