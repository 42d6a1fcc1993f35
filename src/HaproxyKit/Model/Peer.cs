using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>peer</c> line: another HAProxy that learns and teaches stick tables (configuration manual, chapter 11.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Peer : NamedDirective
{
    internal static readonly DirectiveProperty<Address?> AddressProperty = Property.At(1, "address", Codecs.Address);
    internal static readonly DirectiveProperty<int?> IdProperty = Property.Named("id", Codecs.Number(1));
    internal static readonly DirectiveProperty<int?> ShardProperty = Property.Named("shard", Codecs.Number(1));

    internal Peer(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>Where the peer listens.</summary>
    public Address? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }

    /// <summary>The number of the peer, from 1.</summary>
    public int? Id { get => Get(IdProperty); set => Set(IdProperty, value); }

    /// <summary>The shard that the peer takes, from 1.</summary>
    public int? Shard { get => Get(ShardProperty); set => Set(ShardProperty, value); }

    internal override int PositionalCount => 2;

    internal override bool TakesValue(string word) => WordArity.TakesValue(Server.KeywordText, word);
}
