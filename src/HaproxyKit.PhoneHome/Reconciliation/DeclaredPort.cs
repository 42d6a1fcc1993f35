using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>A port that has its frontend from the start, closed until somebody calls for it, so that the first call needs no reload.</summary>
public sealed class DeclaredPort
{
    /// <summary>The frontend port, 1 to 65535.</summary>
    public int Port { get; set; }

    /// <summary>The one name under which it may be called for.</summary>
    /// <value>The default is null: any name.</value>
    public string? Name { get; set; }

    /// <summary>The address on which it listens.</summary>
    /// <value>The default is null: <see cref="Mappings.MappingSectionOptions.BindAddress"/>.</value>
    public string? BindAddress { get; set; }

    /// <summary>The PROXY protocol towards its nodes: a call that asks for another one needs a reload.</summary>
    /// <value>The default is <see cref="ProxyProtocol.None"/>.</value>
    public ProxyProtocol SendProxy { get; set; }
}
