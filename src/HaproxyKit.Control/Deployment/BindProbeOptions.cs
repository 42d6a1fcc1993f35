namespace HaproxyKit.Control.Deployment;

/// <summary>What a probe allows.</summary>
public sealed class BindProbeOptions
{
    /// <summary>Whether ports may lie in the range from which the system takes ports for outgoing connections, without being reserved there.</summary>
    /// <value>False by default: an outgoing connection may take such a port at the moment of a reload.</value>
    public bool AllowEphemeralPorts { get; set; }
}
