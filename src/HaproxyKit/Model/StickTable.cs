using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>stick-table</c> line: what a proxy remembers about its clients (configuration manual, chapter 11.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class StickTable : Directive
{
    internal const string KeywordText = "stick-table";
    internal static readonly DirectiveProperty<TimeSpan?> ExpireProperty = Property.Named("expire", Codecs.Time);
    internal static readonly DirectiveProperty<int?> LengthProperty = Property.Named("len", Codecs.Number(1));
    internal static readonly DirectiveProperty<bool> NoPurgeProperty = Property.Flag("nopurge");
    internal static readonly DirectiveProperty<string?> PeersProperty = Property.Named("peers", Codecs.Name);
    internal static readonly DirectiveProperty<string?> SizeProperty = Property.Named("size", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> StoreProperty =
        Property.Named("store", Codecs.CommaList);
    internal static readonly DirectiveProperty<string?> TypeProperty = Property.Named("type", Codecs.Word);

    internal StickTable(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>How long an unused entry stays.</summary>
    public TimeSpan? Expire { get => Get(ExpireProperty); set => Set(ExpireProperty, value); }

    /// <summary>The longest key of type <c>string</c> or <c>binary</c>, in bytes.</summary>
    public int? Length { get => Get(LengthProperty); set => Set(LengthProperty, value); }

    /// <summary>Whether a full table takes no new entries, instead of losing the oldest.</summary>
    public bool NoPurge { get => Get(NoPurgeProperty); set => Set(NoPurgeProperty, value); }

    /// <summary>The name of the <c>peers</c> section with which the entries are shared.</summary>
    public string? Peers { get => Get(PeersProperty); set => Set(PeersProperty, value); }

    /// <summary>How many entries fit, as written, for example <c>200k</c>.</summary>
    public string? Size { get => Get(SizeProperty); set => Set(SizeProperty, value); }

    /// <summary>What is counted for each entry, for example <c>http_req_rate(10s)</c>.</summary>
    public IReadOnlyList<string>? Store { get => Get(StoreProperty); set => Set(StoreProperty, value); }

    /// <summary>
    /// What entries are found by: <c>ip</c>, <c>ipv6</c>, <c>integer</c>, <c>string</c>, <c>binary</c>.
    /// </summary>
    public string? Type { get => Get(TypeProperty); set => Set(TypeProperty, value); }
}
