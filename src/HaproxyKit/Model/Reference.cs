using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// A place in a configuration that names something which is said elsewhere: a section, an acl, a server, a file.
/// </summary>
public sealed class Reference
{
    internal Reference(Section section, Directive? directive, ValueKind kind, string name, LineSlot slot, bool isDynamic)
    {
        (Section, Directive, Kind, Name, Slot, IsDynamic) = (section, directive, kind, name, slot, isDynamic);
    }

    /// <summary>The section in which the place is.</summary>
    public Section Section { get; }

    /// <summary>The line; null where it is the section's own header (<c>from</c>).</summary>
    public Directive? Directive { get; }

    /// <summary>What is named, for example <see cref="ValueKind.BackendName"/>.</summary>
    public ValueKind Kind { get; }

    /// <summary>The name as it stood there when the reference was read.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether the name is made at run time (<c>%[...]</c>) or where HAProxy starts (<c>${...}</c>), so that it
    /// cannot be
    /// followed from here.
    /// </summary>
    public bool IsDynamic { get; }

    /// <summary>
    /// Whether the name stands inside an expression or a condition, and is not a word of the line's own.
    /// </summary>
    public bool IsInExpression =>
        Slot.Nesting is not (SlotNesting.None or SlotNesting.Parameter) || Slot.Role is not null;

    /// <summary>
    /// The sections that are meant: none where they are missing, several where branches of a condition define them.
    /// For acls, servers and files there are none.
    /// </summary>
    public IReadOnlyList<Section> Targets => IsDynamic ? [] :
    [
        .. Section.Config.Together.SelectMany(file => ReferenceKinds.SectionsNamedBy(Kind)
            .SelectMany(kind => file.Document.FindSections(kind, Name).Select(file.GetSection))),
    ];

    /// <summary>Where the name stands.</summary>
    internal LineSlot Slot { get; }

    /// <summary>The place as a user would name it.</summary>
    /// <returns>For example <c>line 12: use_backend app if a</c>.</returns>
    public override string ToString() => Directive is { IsRemoved: false } line
        ? $"line {line.LineNumber}: {line.Text.Trim()}"
        : $"{SectionKeywords.KeywordOf(Section.IsRemoved ? SectionKind.None : Section.Kind)} {Name}".Trim();
}
