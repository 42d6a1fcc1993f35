namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>How the sections of mappings are written. All of it stands in the sections, so that the operator's <c>defaults</c> change nothing.</summary>
public sealed class MappingSectionOptions
{
    /// <summary>Where these settings stand in a configuration of settings.</summary>
    public const string SectionName = "PhoneHome:Sections";

    /// <summary>The address on which frontends listen: <c>*</c> for all of IPv4, <c>::</c> for all of IPv6, or one address.</summary>
    /// <value>The default is <c>*</c>.</value>
    public string BindAddress { get; set; } = "*";

    /// <summary>The longest wait for a connection to a node.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest silence of a client or a node; long, for protocols such as MQTT whose connections are quiet.</summary>
    /// <value>The default is 1 hour.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a node is checked.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many failed checks take a node out.</summary>
    /// <value>The default is 3.</value>
    public int CheckFall { get; set; } = 3;

    /// <summary>How many good checks bring a node back.</summary>
    /// <value>The default is 2.</value>
    public int CheckRise { get; set; } = 2;

    /// <summary>How long connections of a node that goes may last, where no caller says so.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The operator's <c>peers</c> section, with this HAProxy as its local peer, through which a new worker learns which client belongs to which node.
    /// Without one HAProxy forgets that at each reload, and sticky clients may get another node.
    /// </summary>
    /// <value>The default is null: none.</value>
    public string? Peers { get; set; }

    /// <summary>
    /// How many servers each backend is written with, so that so many nodes can come and go without a reload. Each costs HAProxy one descriptor
    /// for its check, and a few kilobytes; a node beyond them is added at run time.
    /// </summary>
    /// <value>The default is 8; 1 to 64.</value>
    public int SlotCount { get; set; } = 8;
}
