using HaproxyKit.Catalog;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>table</c> line in <c>peers</c>: a stick table that several proxies use (configuration manual, chapter
/// 11.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class PeersTable : NamedDirective
{
    internal static readonly DirectiveProperty<string?> TypeProperty = Property.Named("type", Codecs.Word);
    internal static readonly DirectiveProperty<long?> SizeProperty = Property.Named("size", Codecs.Size);
    internal static readonly DirectiveProperty<TimeSpan?> ExpireProperty = Property.Named("expire", Codecs.Time);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> StoreProperty =
        Property.Named("store", Codecs.CommaList);

    internal PeersTable(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What entries are found by: <c>ip</c>, <c>ipv6</c>, <c>integer</c>, <c>string</c>, <c>binary</c>.
    /// </summary>
    public string? Type { get => Get(TypeProperty); set => Set(TypeProperty, value); }

    /// <summary>How many entries fit.</summary>
    public long? Size { get => Get(SizeProperty); set => Set(SizeProperty, value); }

    /// <summary>How long an unused entry stays.</summary>
    public TimeSpan? Expire { get => Get(ExpireProperty); set => Set(ExpireProperty, value); }

    /// <summary>What is counted for each entry.</summary>
    public IReadOnlyList<string>? Store { get => Get(StoreProperty); set => Set(StoreProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => WordArity.TakesValue(StickTable.KeywordText, word);
}
