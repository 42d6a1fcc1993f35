using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>stats</c> line in <c>global</c>; <see cref="Global.StatsSockets"/> gives those that say where the Runtime API
/// listens (configuration manual, chapter 3.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class StatsSocket : BindLine
{
    internal static readonly DirectiveProperty<Address?> AddressProperty = Property.At(1, "address", Codecs.Address);

    internal StatsSocket(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The address, or the path of a unix socket.</summary>
    public Address? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }

    internal override int PositionalCount => 2;

    internal override bool TakesValue(string word) => WordArity.TakesValue(Bind.KeywordText, word);
}
