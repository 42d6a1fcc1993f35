namespace HaproxyKit.Control.Deployment;

/// <summary>Whether an address and a port can be bound, and if not, why not.</summary>
public enum BindAvailability
{
    /// <summary>It was bound, listened on, and given back.</summary>
    Available,

    /// <summary>This process has no right to the port, and the kernel's tables show nobody listening there.</summary>
    AvailableByTable,

    /// <summary>Another program, or HAProxy itself, listens there.</summary>
    Taken,

    /// <summary>No interface of this machine has the address.</summary>
    AddressNotHere,

    /// <summary>
    /// The kernel gives the port to outgoing connections (<c>ip_local_port_range</c>), and would have it taken sooner
    /// or later just when HAProxy reloads; it can be reserved (<c>ip_local_reserved_ports</c>).
    /// </summary>
    EphemeralRange,

    /// <summary>The system refuses for another reason, such as a family that it does not have.</summary>
    Refused,
}
