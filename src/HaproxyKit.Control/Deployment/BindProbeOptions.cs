namespace HaproxyKit.Control.Deployment;

/// <summary>What a <see cref="BindProbe"/> lets pass.</summary>
public sealed class BindProbeOptions
{
    /// <summary>Whether ports from which the kernel takes those of outgoing connections are allowed.</summary>
    /// <value>False: such a port may be taken at any reload, and then all frontends refuse for 2 seconds.</value>
    public bool AllowEphemeralPorts { get; set; }
}
