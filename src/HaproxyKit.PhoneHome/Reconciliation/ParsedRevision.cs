using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>One revision of HAProxy's file, with what is asked of it again and again, each found out once.</summary>
internal sealed class ParsedRevision
{
    private readonly Lazy<IReadOnlyList<Mapping>> _mappings;
    private readonly Lazy<OperatorListeners> _listeners;
    private readonly Lazy<IReadOnlyList<IncumbentSection>> _incumbents;
    private readonly Lazy<HashSet<string>> _strangers;

    internal ParsedRevision(string hash, ConfigDocument document, bool takesOverIncumbent)
    {
        (Hash, Document) = (hash, document);
        _mappings = new(() => MappingSections.Read(document));
        _incumbents = new(() => takesOverIncumbent ? IncumbentSections.Find(document) : []);
        _strangers = new(() =>
        {
            var ours = OwnedSection.In(document).Select(owned => owned.Ordinal).ToHashSet();
            var strangers = document.Sections.Where((_, ordinal) => !ours.Contains(ordinal)).Select(section => section.Name).ToHashSet(StringComparer.Ordinal);
            strangers.ExceptWith(Incumbents.SelectMany(section => new[] { section.FrontendName, section.BackendName }));
            return strangers;
        });
        _listeners = new(() => OperatorListeners.Of(document, name => !_strangers.Value.Contains(name)));
    }

    /// <summary>The hash of the file's bytes, as <see cref="ConfigRevision.Hash"/>.</summary>
    internal string Hash { get; }

    internal ConfigDocument Document { get; }

    internal IReadOnlyList<Mapping> Mappings => _mappings.Value;

    /// <summary>The names of the sections that are no mapping's: they bear no marker of ours, and the incumbent has not written them.</summary>
    internal IReadOnlySet<string> Strangers => _strangers.Value;

    internal OperatorListeners Listeners => _listeners.Value;

    /// <summary>What the incumbent's script has written; empty where that is the operator's, and no mapping.</summary>
    internal IReadOnlyList<IncumbentSection> Incumbents => _incumbents.Value;
}
