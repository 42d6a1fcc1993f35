using System.Collections.Immutable;
using HaproxyKit.Comparison;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>Says in words why a change needs a reload. Of a line only as much as says what it is: what follows may be a password.</summary>
internal static class ChangeReasons
{
    internal static string Of(ConfigChange change) => change.Subject == ChangeSubject.Section
        ? OfSection(change)
        : $"{Place(change.SectionKind, change.SectionName)}: {OfLine(change)}";

    /// <summary>The sections that are named in <see cref="Of"/>: one, or both names where it got another.</summary>
    internal static ImmutableArray<string> SubjectsOf(ConfigChange change)
    {
        var name = change.SectionName.Length > 0 ? change.SectionName : Place(change.SectionKind, "");
        var old = OldNameOf(change);
        return change.Subject != ChangeSubject.Section || change.Kind != ChangeKind.Changed || old.Length == 0 || old == name ? [name] : [old, name];
    }

    /// <summary>A section for people, such as <c>backend 'app'</c>.</summary>
    internal static string Place(SectionKind kind, string name) =>
        kind == SectionKind.None ? "the text before the first section"
        : name.Length == 0 ? SectionKeywords.KeywordOf(kind)
        : $"{SectionKeywords.KeywordOf(kind)} '{name}'";

    private static string OfSection(ConfigChange change)
    {
        var place = Place(change.SectionKind, change.SectionName);
        var old = OldNameOf(change);
        return change.Kind switch
        {
            ChangeKind.Added => $"{place} was added",
            ChangeKind.Removed => $"{place} was removed",
            ChangeKind.Moved => $"{place} stands at another place, where the order matters",
            _ => old == change.SectionName || change.SectionKind == SectionKind.Defaults
                ? $"the first line of {place} was changed"
                : $"{Place(change.SectionKind, old)} became {place}",
        };
    }

    private static string OldNameOf(ConfigChange change) => change.Old is { Words: [_, var name, ..] } ? name : "";

    private static string OfLine(ConfigChange change) => change switch
    {
        { Kind: ChangeKind.Added, New: { } line } => $"'{Begin(line)}' was added",
        { Kind: ChangeKind.Removed, Old: { } line } => $"'{Begin(line)}' was removed",
        { Kind: ChangeKind.Moved, New: { } line } => $"'{Begin(line)}' stands at another place, where the order matters",
        { Old: { } old, New: { } line } when Begin(old) != Begin(line) => $"'{Begin(old)}' became '{Begin(line)}'",
        _ => $"'{Begin(change.New ?? change.Old!)}' was changed",
    };

    private static string Begin(ComparedLine line) => string.Join(' ', line.Words.Take(line.Words is ["no" or "default", ..] ? 3 : 2));
}
