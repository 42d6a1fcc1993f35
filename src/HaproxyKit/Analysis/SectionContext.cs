using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>What is known of a section while its lines are read, and after.</summary>
internal sealed class SectionContext(int number, SectionKind kind, TextSpan name, Site header)
{
    /// <summary>The section's number in the analysis, from 1: the scope of the names in it.</summary>
    internal int Number { get; } = number;

    internal SectionKind Kind { get; } = kind;

    /// <summary>The name, among those that the analysis keeps.</summary>
    internal TextSpan Name { get; } = name;

    /// <summary>The name, or the keyword where there is none.</summary>
    internal Site Header { get; } = header;

    internal ProxyModes Modes { get; set; } = ProxyModes.Tcp;

    /// <summary>What lines it has had, of those that rules about the whole section ask for.</summary>
    internal SectionTraits Traits { get; set; }

    /// <summary>What it had of its <c>defaults</c> from its first line on, and they of theirs.</summary>
    internal SectionTraits Inherited { get; private set; }

    /// <summary>The place of its <c>default_backend</c> among the references of the analysis, or -1.</summary>
    internal int DefaultBackend { get; set; } = -1;

    internal bool IsProxy => Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen;

    internal bool IsFrontend => Kind is SectionKind.Frontend or SectionKind.Listen;

    internal bool IsBackend => Kind is SectionKind.Backend or SectionKind.Listen;

    /// <summary>Whether the section has something, or got it from its <c>defaults</c>.</summary>
    internal bool Has(SectionTraits traits) =>
        ((Traits | Inherited) & traits) == traits;

    /// <summary>Begins with what the <c>defaults</c> have, which stand before and are complete.</summary>
    internal void Inherit(SectionContext defaults)
    {
        Modes = defaults.Modes;
        Inherited = defaults.Traits | defaults.Inherited;
    }
}
