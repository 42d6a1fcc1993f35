using HaproxyKit.Catalog;
using HaproxyKit.Model.Properties;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>acl</c> line: a name for a condition. Lines of the same name are one acl, which holds when one of them
/// does (configuration manual, chapters 4.2 and 7.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Acl : NamedDirective
{
    internal static readonly DirectiveProperty<string?> CriterionProperty = Property.At(1, "criterion", Codecs.Word);
    internal static readonly DirectiveProperty<string?> PatternsProperty = Property.Language(2, "patterns");

    internal Acl(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What is looked at, in HAProxy's own language: a sample expression or an old acl keyword, for example
    /// <c>src</c> or <c>path_beg</c>.
    /// </summary>
    public string? Criterion { get => Get(CriterionProperty); set => Set(CriterionProperty, value); }

    /// <summary>Flags and patterns as written, in HAProxy's own language; null where there are none.</summary>
    public string? Patterns { get => Get(PatternsProperty); set => Set(PatternsProperty, value); }

    /// <summary>The conditions and expressions that name the acl; it is known in its own section alone.</summary>
    public IReadOnlyList<Reference> Uses =>
        ReferenceReader.To([Section], Name, reference => reference.Kind == ValueKind.AclName && !reference.IsDynamic);

    /// <summary>
    /// Renames the acl, all lines of its name in the section, and follows the new name in conditions.
    /// </summary>
    /// <param name="name">The new name.</param>
    /// <returns>What has followed, and what could not.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or the section has an acl of that
    /// name.</exception>
    public RenameResult Rename(string name)
    {
        NameRules.Require(name, nameof(name));
        var lines = new NamedDirectiveList<Acl>(Section, "acl");
        if (name != Name && (lines.Contains(name) || name.Equals("or", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"'{Section.Name}' has an acl '{name}' already, or no acl can have that name.", nameof(name));
        }

        var references = ReferenceReader.To([Section], Name, reference => reference.Kind == ValueKind.AclName);
        foreach (var line in lines.Named(Name))
        {
            line.Name = name;
        }

        return Renaming.Follow(references, name, isAmbiguous: false);
    }

    internal override bool MayEndBefore(int index) => index > 1;
}
