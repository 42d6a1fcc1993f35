using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>A <c>listen</c> section: a frontend and a backend in one (configuration manual, chapter 4).</summary>
public sealed class Listen : ProxySection, IFrontendSide, IBackendSide
{
    internal Listen(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>Where it listens.</summary>
    public BindList Binds => new(this);

    /// <summary>The servers.</summary>
    public ServerList Servers => new(this);

    /// <summary>Which backend takes which requests.</summary>
    public UseBackendList UseBackends => new(this);

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

    /// <summary>Adds a bind.</summary>
    /// <param name="address">Where to listen, for example <c>:443</c>.</param>
    /// <returns>The new line, to be set further.</returns>
    /// <exception cref="FormatException">The text is no address.</exception>
    public Bind Bind(string address) => AddBind(address);

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
