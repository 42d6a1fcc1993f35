using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>What the first words of a line name, and where the words behind them begin.</summary>
public readonly ref struct DirectiveLookup
{
    private readonly ReadOnlySpan<byte> _line;

    private DirectiveLookup(ReadOnlySpan<byte> line, NameMatch match)
    {
        _line = line;
        Match = match;
    }

    /// <summary>How the lookup ended.</summary>
    public LookupStatus Status => Match.Status;

    /// <summary>
    /// The entry that was found, for <see cref="LookupStatus.OtherVersion"/> and
    /// <see cref="LookupStatus.OtherSection"/> the one that is not legal here; no entry otherwise.
    /// </summary>
    public CatalogEntry Entry => Match.Entry;

    /// <summary>The place of the name's first word on the line: 1 behind <c>no</c> or <c>default</c>, else 0.</summary>
    public int NameIndex => Match.NameIndex;

    /// <summary>Whether <c>no</c> stands before the name.</summary>
    public bool IsNegated => Match.IsNegated;

    /// <summary>The place on the line of the first word behind the name.</summary>
    public int ArgumentIndex => Match.ArgumentIndex;

    /// <summary>The last word of the name; of a prefix with what stands behind it.</summary>
    public Word NameWord => ArgumentIndex == 0 ? default : WordAt(ArgumentIndex - 1);

    /// <summary>The words behind the name.</summary>
    public WordEnumerator Arguments
    {
        get
        {
            var words = new WordEnumerator(_line);
            words.Skip(ArgumentIndex);
            return words;
        }
    }

    /// <summary>
    /// The first word that no name has at its place, for <see cref="LookupStatus.Unknown"/> and
    /// <see cref="LookupStatus.Indeterminate"/>; its place is <see cref="ArgumentIndex"/>.
    /// </summary>
    public Word UnknownWord => Status is LookupStatus.Unknown or LookupStatus.Indeterminate ? WordAt(ArgumentIndex) : default;

    internal NameMatch Match { get; }

    /// <summary>The word that could stand at the place of <see cref="UnknownWord"/> and is nearest to it.</summary>
    /// <returns>The word that was probably meant, legal in this section and version; or null.</returns>
    public string? Nearest() => Match.Nearest(UnknownWord.ToBytes());

    internal static DirectiveLookup Find(HaproxyCatalog catalog, EntryClass @class, SectionKind section, ReadOnlySpan<byte> line) =>
        new(line, NameMatch.Find(catalog, @class, section, new ScannedWordSource(new WordEnumerator(line))));

    private Word WordAt(int index)
    {
        var words = new WordEnumerator(_line);
        words.Skip(index + 1);
        return words.Current;
    }
}
