namespace HaproxyKit.EdgeScript;

/// <summary>What a script does not say and its compilation needs to know.</summary>
public sealed class EdgeScriptOptions
{
    /// <summary>
    /// The host part of every <c>bind</c>: <c>*</c> for all IPv4 addresses, <c>::</c> for all IPv6 addresses (and IPv4 where the system has
    /// it so), or one address of the machine.
    /// </summary>
    /// <value><c>*</c>.</value>
    public string BindHost { get; init; } = "*";
}
