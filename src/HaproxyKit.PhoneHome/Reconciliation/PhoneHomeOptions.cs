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

    /// <summary>How many calls may wait; one more is told to come again.</summary>
    /// <value>The default is 4096.</value>
    public int QueueCapacity { get; set; } = 4096;
}
