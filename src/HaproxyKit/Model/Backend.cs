using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>A <c>backend</c> section: the servers that take requests (configuration manual, chapter 4).</summary>
public sealed class Backend : ProxySection
{
    internal Backend(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The servers.</summary>
    public ServerList Servers => new(this);

    /// <summary>
    /// How a server is chosen, in HAProxy's own language, for example <c>roundrobin</c> or <c>uri depth 3</c>; null
    /// where the section says none. Setting null removes the lines.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy could not read the words, or there are none.</exception>
    public string? Balance
    {
        get => GetLanguage("balance");
        set => SetLanguage("balance", value);
    }

    /// <summary>The stick table, or null: the last one that no condition decides about.</summary>
    public StickTable? StickTable => (StickTable?)LastUnconditional(Model.StickTable.KeywordText);

    /// <summary>What keeps clients with their servers, in order.</summary>
    public IReadOnlyList<Stick> Sticks => [.. Directives.OfType<Stick>()];

    /// <summary>Adds a server.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="configure">Sets the rest of the line, or null.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is a server of that
    /// name.</exception>
    public Server Server(string name, Address address, Action<Server>? configure = null) => Servers.Add(name, address, configure);
}
