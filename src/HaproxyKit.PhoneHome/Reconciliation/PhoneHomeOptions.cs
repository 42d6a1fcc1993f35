namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>How mappings are kept.</summary>
public sealed class PhoneHomeOptions
{
    /// <summary>Where these settings stand in a configuration of settings.</summary>
    public const string SectionName = "PhoneHome:Mappings";

    /// <summary>
    /// The folder in which the wanted mappings and the times of calls are kept, so that they outlive a restart and a template run that wipes
    /// HAProxy's file. Every process that shares it works on the same mappings.
    /// </summary>
    /// <value>The default is <c>/var/lib/haproxykit</c>.</value>
    public string StateFolder { get; set; } = "/var/lib/haproxykit";

    /// <summary>How long a node stays without another call, where the call names no lease.</summary>
    /// <value>The default is 1 hour: six of the incumbent's intervals of 600 seconds.</value>
    public TimeSpan DefaultLease { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often maintenance looks for lapsed leases and for drift.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The ports that have their frontends from the start. They are closed while they have no node, so that connections are refused, and are opened by
    /// the first call without a reload.
    /// </summary>
    /// <value>None.</value>
    public IList<DeclaredPort> DeclaredPorts { get; } = [];

    /// <summary>
    /// How long a mapping whose last node has gone keeps its frontend, closed, so that the next call for it needs no reload. It goes earlier where HAProxy
    /// is reloaded for another mapping anyway.
    /// </summary>
    /// <value>The default is 1 hour.</value>
    public TimeSpan ClosedFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many calls may wait; one more is told to come again.</summary>
    /// <value>The default is 4096.</value>
    public int QueueCapacity { get; set; } = 4096;

    /// <summary>What becomes of a change that somebody makes by hand inside a mapping's marked sections.</summary>
    /// <value>The default is <see cref="HandEdits.Repair"/>.</value>
    public HandEdits HandEdits { get; set; } = HandEdits.Repair;

    /// <summary>
    /// The owner to whom the mappings are given that the incumbent's script has written into HAProxy's file
    /// (<c>### &gt;&gt; Used to run NAME:PORT</c> and what follows), which are taken over at the start and when they are seen. They stay in the file as
    /// they are, and need no reload, until a call changes them. Null or empty: they are the operator's.
    /// </summary>
    /// <value>The default is null.</value>
    public string? ImportIncumbent { get; set; }
}
