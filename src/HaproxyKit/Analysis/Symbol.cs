namespace HaproxyKit.Analysis;

/// <summary>A name that was defined, once or in several branches.</summary>
internal sealed class Symbol(Site first, SectionContext? section)
{
    private List<Site>? _more;

    /// <summary>Where it was defined first.</summary>
    internal Site First { get; } = first;

    /// <summary>The section that it names or belongs to.</summary>
    internal SectionContext? Section { get; } = section;

    /// <summary>Whether anything refers to it.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>Of an ACL: where what it looks at can be known, in any of its lines.</summary>
    internal Catalog.RuleContexts Contexts { get; set; }

    /// <summary>Every definition, in order.</summary>
    internal IEnumerable<Site> Definitions => _more is null ? [First] : _more.Prepend(First);

    internal void Add(Site site) => (_more ??= []).Add(site);
}
