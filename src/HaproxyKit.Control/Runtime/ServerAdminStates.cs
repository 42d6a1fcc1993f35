namespace HaproxyKit.Control.Runtime;

/// <summary>What people and configuration have asked of a server (<c>srv_admin_state</c>); several may hold at once.</summary>
[Flags]
public enum ServerAdminStates
{
    /// <summary>Nothing: the server is ready.</summary>
    None = 0,

    /// <summary>Maintenance was asked for at run time (<c>state maint</c>).</summary>
    ForcedMaintenance = 0x01,

    /// <summary>In maintenance because the server that it tracks is.</summary>
    InheritedMaintenance = 0x02,

    /// <summary>
    /// The configuration says <c>disabled</c>. It comes with <see cref="ForcedMaintenance"/>, and stays when <c>state ready</c> takes that
    /// away: alone it holds nothing back.
    /// </summary>
    ConfiguredMaintenance = 0x04,

    /// <summary>Draining was asked for at run time (<c>state drain</c>).</summary>
    ForcedDrain = 0x08,

    /// <summary>Draining because the server that it tracks is.</summary>
    InheritedDrain = 0x10,

    /// <summary>In maintenance because its name does not resolve.</summary>
    ResolutionMaintenance = 0x20,

    /// <summary>In maintenance because its name was changed (<c>set server fqdn</c>).</summary>
    NameMaintenance = 0x40,

    /// <summary>Any of the states in which a server gets no traffic at all.</summary>
    AnyMaintenance = ForcedMaintenance | InheritedMaintenance | ResolutionMaintenance | NameMaintenance,

    /// <summary>Any of the states in which a server gets no new sessions, but keeps those that it has.</summary>
    AnyDrain = ForcedDrain | InheritedDrain,
}
