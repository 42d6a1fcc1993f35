using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>A <c>backend</c> section: the servers that take requests (configuration manual, chapter 4).</summary>
public sealed class Backend : ProxySection, IBackendSide
{
    internal Backend(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The servers.</summary>
    public ServerList Servers => new(this);

    /// <summary>Which server takes which requests, in order.</summary>
    public RuleList<UseServer> UseServers => new(this, "use-server");

    /// <summary>The servers whose addresses are found at run time.</summary>
    public RuleList<ServerTemplate> ServerTemplates => new(this, "server-template");

    /// <summary>What the servers behind each line begin with, in order.</summary>
    public RuleList<DefaultServer> DefaultServers => new(this, "default-server");

    /// <summary>The stick table, or null: the last one that no condition decides about.</summary>
    public StickTable? StickTable => (StickTable?)LastUnconditional(Model.StickTable.KeywordText);

    /// <summary>What keeps clients with their servers, in order.</summary>
    public RuleList<Stick> Sticks => new(this, Stick.KeywordText);

    /// <summary>Adds a server.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="configure">Sets the rest of the line, or null.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is a server of that
    /// name.</exception>
    public Server Server(string name, Address address, Action<Server>? configure = null) =>
        Servers.Add(name, address, configure);
}
