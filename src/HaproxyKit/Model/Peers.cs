using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>peers</c> section: HAProxys that share their stick tables (configuration manual, chapter 11.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Peers : Section
{
    internal static readonly SectionProperty<bool> DisabledProperty = Property.FlagSetting("disabled", "enabled");
    internal static readonly SectionProperty<int?> ShardsProperty = Property.Setting("shards", Codecs.Number(1));

    internal Peers(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>Whether the section is switched off.</summary>
    public bool Disabled { get => Get(DisabledProperty); set => Set(DisabledProperty, value); }

    /// <summary>Among how many shards entries are divided, from 1.</summary>
    public int? Shards { get => Get(ShardsProperty); set => Set(ShardsProperty, value); }

    /// <summary>The <c>peer</c> lines.</summary>
    public NamedDirectiveList<Peer> Members => new(this, "peer");

    /// <summary>The <c>server</c> lines, another way to write peers.</summary>
    public ServerList Servers => new(this);

    /// <summary>The <c>bind</c> lines, where the section's own peer listens.</summary>
    public BindList Binds => new(this);

    /// <summary>The <c>table</c> lines.</summary>
    public NamedDirectiveList<PeersTable> Tables => new(this, "table");

    /// <summary>Adds a peer behind the others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">Where it listens.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, there is a peer of that name, or the address
    /// is the default value.</exception>
    public Peer Peer(string name, Address address) => Members.Add(name, Codecs.Address.Write(address));
}
