namespace HaproxyKit.Control.Deployment;

/// <summary>What a probe found of an address and port.</summary>
public enum BindProbeVerdict
{
    /// <summary>HAProxy can have it.</summary>
    Free,

    /// <summary>Another program listens there, or has an outgoing connection from there.</summary>
    Taken,

    /// <summary>This machine does not have the address.</summary>
    NoSuchAddress,

    /// <summary>The port lies in the range for outgoing connections and is not reserved.</summary>
    Ephemeral,

    /// <summary>The address is none that can be tried.</summary>
    NotAnAddress,
}
