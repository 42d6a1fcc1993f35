using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>A name that was defined, once or in several branches.</summary>
internal struct Symbol
{
    /// <summary>The kind of name.</summary>
    internal SymbolKind Kind { get; init; }

    /// <summary>The section for names that belong to one, by its number in the analysis; else 0.</summary>
    internal int Scope { get; init; }

    /// <summary>The decoded name, among the names of the table.</summary>
    internal TextSpan Name { get; init; }

    /// <summary>Where it was defined first.</summary>
    internal Site First { get; init; }

    /// <summary>The section that it names or belongs to, by its number in the analysis.</summary>
    internal int Section { get; init; }

    /// <summary>Whether anything refers to it.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>Of an ACL: where what it looks at can be known, in any of its lines.</summary>
    internal RuleContexts Contexts { get; set; }

    /// <summary>The hash code of kind, scope and name.</summary>
    internal int Hash { get; init; }

    /// <summary>The number of the symbol before it that has the same place in the table, or -1.</summary>
    internal int Before { get; set; }
}
