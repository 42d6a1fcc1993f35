using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>
/// What the catalog says of one name for a range of versions: a view of one row of the table, as small as a number.
/// </summary>
public readonly struct CatalogEntry : IEquatable<CatalogEntry>
{
    /// <summary>Counted from 1, so that the default value is no entry.</summary>
    private readonly int _number;

    internal CatalogEntry(int row) => _number = row + 1;

    /// <summary>Whether this is an entry; the default value is none.</summary>
    public bool Exists => _number != 0;

    /// <summary>What the entry names; <see cref="EntryClass.None"/> where there is no entry.</summary>
    public EntryClass Class => Exists ? Data.Class : EntryClass.None;

    /// <summary>
    /// The name: the words with one blank between, such as <c>timeout client</c>; words of a <c>bind</c> or
    /// <c>server</c> line and fetches without what stands before them. A prefix has no asterisk.
    /// </summary>
    public ReadOnlySpan<byte> NameBytes => Exists ? CatalogTable.Instance.Name(Index) : [];

    /// <summary>The name as a new string, see <see cref="NameBytes"/>.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);

    /// <summary>
    /// Whether the name's last word is only the beginning of what is written, as <c>set-var</c> of
    /// <c>set-var(txn.x)</c> and <c>track-sc</c> of <c>track-sc0</c>.
    /// </summary>
    public bool IsPrefix => Exists && Data.IsPrefix;

    /// <summary>The first version that has it; 2.6 stands for 2.6 and whatever came before.</summary>
    public HaproxyVersion Since => Exists ? CatalogRow.Version(Data.Since) : default;

    /// <summary>The first version that no longer has it, or null.</summary>
    public HaproxyVersion? Removed => Exists ? Optional(Data.Removed) : null;

    /// <summary>The first version that calls it deprecated, or null.</summary>
    public HaproxyVersion? Deprecated => Exists ? Optional(Data.Deprecated) : null;

    /// <summary>What to write instead of what is deprecated or removed, or null.</summary>
    public string? Successor => Text(0);

    /// <summary>What follows the name; the arguments of fetches and converters are <see cref="Arguments"/>.</summary>
    public Signature Signature => Exists && Class is not (EntryClass.Fetch or EntryClass.Converter or EntryClass.AclAlias) ? CatalogTable.Instance.SignatureOf(Index) : Signature.Empty;

    /// <summary>Whether it may be said in those <c>defaults</c> only that have a name.</summary>
    public bool NeedsNamedDefaults => Exists && (Data.Sections & CatalogRow.NamedDefaultsOnly) != 0;

    /// <summary>Whether <c>no</c> and <c>default</c> may stand before it.</summary>
    public bool CanBeNegated => HasTrait("no"u8);

    /// <summary>Whether an option works only where the mode is HTTP.</summary>
    public bool IsHttpOnly => HasTrait("http"u8);

    /// <summary>Whether an option has a meaning for a proxy that takes connections.</summary>
    public bool IsForFrontends => HasTrait("fe"u8);

    /// <summary>Whether an option has a meaning for a proxy that has servers.</summary>
    public bool IsForBackends => HasTrait("be"u8);

    /// <summary>Whether a command belongs to the master's socket.</summary>
    public bool IsForMaster => HasTrait("master"u8);

    /// <summary>Whether a command belongs to the sockets of workers.</summary>
    public bool IsForWorkers => HasTrait("worker"u8);

    /// <summary>Whether a command works only behind <c>expert-mode on</c>.</summary>
    public bool IsExpert => HasTrait("expert"u8);

    /// <summary>Whether it works only behind <c>experimental-mode on</c> or
    /// <c>expose-experimental-directives</c>.</summary>
    public bool IsExperimental => HasTrait("experimental"u8);

    /// <summary>What a converter takes.</summary>
    public SampleType InputType => EntryTraits.Type(Trait("in="u8));

    /// <summary>What a fetch or a converter gives.</summary>
    public SampleType OutputType => EntryTraits.Type(Trait("out="u8));

    /// <summary>Where a fetch can be evaluated.</summary>
    public RuleContexts Contexts => EntryTraits.Contexts(Trait("at="u8));

    /// <summary>The arguments of a fetch or a converter.</summary>
    public SampleArguments Arguments =>
        Class is EntryClass.Fetch or EntryClass.Converter ? new SampleArguments(CatalogTable.Instance.Column(Index, 2)) : default;

    /// <summary>What an ACL criterion stands for, such as <c>req.hdr -m beg</c>, or null.</summary>
    public string? Meaning => Class == EntryClass.AclAlias ? Text(2) : null;

    private int Index => _number - 1;

    private ref readonly CatalogRow Data => ref CatalogTable.Instance.Row(Index);

    /// <summary>Whether two entries are the same.</summary>
    /// <param name="left">One entry.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(CatalogEntry left, CatalogEntry right) => left.Equals(right);

    /// <summary>Whether two entries differ.</summary>
    /// <param name="left">One entry.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(CatalogEntry left, CatalogEntry right) => !left.Equals(right);

    /// <summary>Whether a version has it.</summary>
    /// <param name="version">The version.</param>
    /// <returns>True from <see cref="Since"/> on and before <see cref="Removed"/>.</returns>
    public bool IsIn(HaproxyVersion version) => Exists && Data.IsIn(CatalogRow.Code(version));

    /// <summary>Whether a version has it and calls it deprecated.</summary>
    /// <param name="version">The version.</param>
    /// <returns>True from <see cref="Deprecated"/> on.</returns>
    public bool IsDeprecatedIn(HaproxyVersion version) => IsDeprecatedIn(CatalogRow.Code(version));

    /// <summary>Whether it is legal in a kind of section.</summary>
    /// <param name="section">The kind.</param>
    /// <returns>
    /// True when it is, for <c>defaults</c> also when <see cref="NeedsNamedDefaults"/>. What belongs to no section,
    /// such as a fetch, is legal in all.
    /// </returns>
    public bool IsLegalIn(SectionKind section) => Exists && (Data.Sections & (1u << (int)section)) != 0;

    /// <summary>Whether a kind of section takes it with a warning, because it has no meaning there.</summary>
    /// <param name="section">The kind.</param>
    /// <returns>True when it is legal there, and ignored.</returns>
    public bool IsIgnoredIn(SectionKind section) => Exists && (Data.IgnoredIn & (1u << (int)section)) != 0;

    /// <inheritdoc/>
    public bool Equals(CatalogEntry other) => _number == other._number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CatalogEntry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number;

    /// <summary>The class and the name.</summary>
    /// <returns>For example <c>Keyword timeout client</c>.</returns>
    public override string ToString() => Exists ? $"{Class} {Name}" : string.Empty;

    internal bool IsDeprecatedIn(short version) => Exists && version >= Data.Deprecated && Data.IsIn(version);

    internal bool IsLegalOn(uint lines) => (Data.Sections & lines) != 0;

    private static HaproxyVersion? Optional(short code) => code == CatalogRow.Never ? null : CatalogRow.Version(code);

    private string? Text(int column)
    {
        var text = Exists ? CatalogTable.Instance.Column(Index, column) : [];
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
    }

    private bool HasTrait(ReadOnlySpan<byte> trait) => EntryTraits.Contains(Traits(), trait);

    private ReadOnlySpan<byte> Trait(ReadOnlySpan<byte> key) => EntryTraits.Value(Traits(), key);

    private ReadOnlySpan<byte> Traits() => Exists ? CatalogTable.Instance.Column(Index, 1) : [];
}
