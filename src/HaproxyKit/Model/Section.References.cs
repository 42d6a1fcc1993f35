using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <content>Who names the section, and how they follow.</content>
public partial class Section
{
    /// <summary>Words of a line that name a section and can go without the line losing its meaning.</summary>
    private static readonly string[] DispensableWords = ["resolvers", "track", "peers", "profile", "healthcheck", "acme"];

    /// <summary>
    /// The places that name this section, in this file and, in a <see cref="ConfigSet"/>, in the others: in lines, in
    /// expressions such as <c>nbsrv(app)</c>, and behind <c>from</c>. Names that are made at run time are not among
    /// them.
    /// </summary>
    public IReadOnlyList<Reference> References => [.. AllReferences().Where(reference => !reference.IsDynamic)];

    /// <summary>
    /// Removes the section, and the lines whose whole meaning is to name it, such as <c>use_backend</c>; of a
    /// <c>server</c> line that names it only <c>resolvers NAME</c> or <c>track NAME</c> goes. What names it inside an
    /// expression or a condition stays: look at <see cref="References"/> before.
    /// </summary>
    /// <returns>The lines that were removed elsewhere; <see cref="Directive.RemovedText"/> says what they
    /// were.</returns>
    /// <exception cref="InvalidOperationException">The section was removed already.</exception>
    public IReadOnlyList<Directive> RemoveWithReferences()
    {
        var gone = new List<Directive>();
        foreach (var reference in IsOnlyOne ? References.Where(r => r.Section != this && !r.IsInExpression).Reverse().ToList() : [])
        {
            if (reference.Directive is not { } directive)
            {
                ((ProxySection)reference.Section).From = null;
            }
            else if (!directive.IsRemoved && IsDispensable(directive, reference.Slot.Word))
            {
                directive.RemoveWords(reference.Slot.Word - 1, 2);
            }
            else if (!directive.IsRemoved)
            {
                directive.Remove();
                gone.Insert(0, directive);
            }
        }

        Remove();
        return gone;
    }

    /// <summary>Renames the section and follows the new name wherever the old one stands.</summary>
    /// <param name="name">The new name.</param>
    /// <returns>What has followed, and what could not.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is a section of this kind and
    /// name.</exception>
    /// <exception cref="InvalidOperationException">The header has no name to change, HAProxy cannot read it, or the
    /// section was removed.</exception>
    public RenameResult Rename(string name)
    {
        RequireName(Kind, name, nameof(name));
        if (name != Name && Config.Together.Any(file => !file.Document.FindSections(Kind, name).IsEmpty))
        {
            throw new ArgumentException($"There is a '{SectionKeywords.KeywordOf(Kind)} {name}' already.", nameof(name));
        }

        var (references, isOnlyOne) = (AllReferences(), IsOnlyOne);
        Name = name;
        return Renaming.Follow(references, name, isAmbiguous: !isOnlyOne);
    }

    /// <summary>Whether no other section that the same names could mean has the name.</summary>
    private bool IsOnlyOne
    {
        get
        {
            SectionKind[] kinds = Kind is SectionKind.Backend or SectionKind.Listen or SectionKind.Frontend
                ? [Kind, SectionKind.Listen, .. Kind == SectionKind.Listen ? [SectionKind.Backend, SectionKind.Frontend] : Array.Empty<SectionKind>()]
                : [Kind];
            return Config.Together.Sum(file => kinds.Distinct().Sum(kind => file.Document.FindSections(kind, Name).Length)) == 1;
        }
    }

    private List<Reference> AllReferences() => Name.Length == 0
        ? []
        : ReferenceReader.To(
            Config.Together.SelectMany(file => file.Sections), Name,
            reference => ReferenceKinds.CanMean(reference.Kind, Kind) && IsDefaultsMeant(reference));

    /// <summary>Of several <c>defaults</c> of a name a header means the last one before it.</summary>
    private bool IsDefaultsMeant(Reference reference) =>
        reference.Kind != ValueKind.DefaultsName || ReferenceEquals((reference.Section as ProxySection)?.InheritsFrom, this);

    private static bool IsDispensable(Directive directive, int word) =>
        directive is not Rule && word - 1 >= directive.FirstArgument + directive.PositionalCount
        && DispensableWords.Contains(directive.Word(word - 1).Value, StringComparer.Ordinal);
}
