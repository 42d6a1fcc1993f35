using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Explaining;

/// <summary>What the catalog says of a word, wherever it is one.</summary>
internal static class KeywordExplanation
{
    private const int MostNear = 5;
    private const int ShortestPart = 3;

    private static readonly EntryClass[] Classes =
        [.. Enum.GetValues<EntryClass>().Where(c => c is not (EntryClass.None or EntryClass.Ruleset))];

    /// <summary>Classes whose names begin with a word that is not their own: <c>option httpchk</c>.</summary>
    private static readonly EntryClass[] ClassesUnderAWord =
        [EntryClass.Action, EntryClass.Option, EntryClass.Filter, EntryClass.Service];

    /// <summary>
    /// The entries of a name: those that are it or begin with it, and the rules, options and filters that are called so;
    /// where there are none, those that end in it.
    /// </summary>
    /// <param name="name">One or several words with one blank between.</param>
    /// <param name="version">Null for all versions.</param>
    internal static List<CatalogEntry> Find(string name, HaproxyVersion? version)
    {
        var catalog = version is { } one ? HaproxyCatalog.For(one) : HaproxyCatalog.AllVersions;
        var found = All(catalog, entry => entry == name || entry.StartsWith(name + " ", StringComparison.Ordinal));
        var ending = All(catalog, entry => entry.EndsWith(" " + name, StringComparison.Ordinal));
        found.AddRange(ending.Where(entry => ClassesUnderAWord.Contains(entry.Class)));
        return found.Count > 0 ? found : ending;
    }

    /// <summary>The names that were probably meant.</summary>
    internal static List<string> Near(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var last = name[(name.LastIndexOf(' ') + 1)..];
        var containing = last.Length < ShortestPart
            ? []
            : All(HaproxyCatalog.AllVersions, entry => entry.Contains(last, StringComparison.Ordinal));
        return
        [
            .. Classes.Select(c => HaproxyCatalog.AllVersions.Nearest(c, bytes))
                .OfType<string>()
                .Concat(containing.Select(entry => entry.Name).OrderBy(entry => entry.Length))
                .Distinct(StringComparer.Ordinal)
                .Take(MostNear),
        ];
    }

    internal static ExplanationJson Explain(CatalogEntry entry) => new()
    {
        Name = entry.Name,
        Kind = KindOf(entry.Class),
        Signature = SignatureOf(entry),
        Sections = SectionsOf(entry),
        Since = entry.Since.ToString(),
        Removed = entry.Removed?.ToString(),
        Deprecated = entry.Deprecated?.ToString(),
        Successor = entry.Successor,
        Notes = [.. NotesOf(entry)],
    };

    private static List<CatalogEntry> All(HaproxyCatalog catalog, Func<string, bool> isMeant)
    {
        var found = new List<CatalogEntry>();
        foreach (var c in Classes)
        {
            foreach (var entry in catalog.Entries(c))
            {
                if (isMeant(entry.Name))
                {
                    found.Add(entry);
                }
            }
        }

        return found;
    }

    private static string? SignatureOf(CatalogEntry entry)
    {
        var text = entry.Class is EntryClass.Fetch or EntryClass.Converter ? ArgumentsOf(entry) : entry.Signature.Text;
        return text.Length == 0 ? null : text;
    }

    private static string ArgumentsOf(CatalogEntry entry)
    {
        var arguments = entry.Arguments;
        if (arguments.MaximumCount == 0)
        {
            return "";
        }

        var text = new StringBuilder("(");
        for (var i = 0; i < arguments.MaximumCount; i++)
        {
            text.Append(i >= arguments.MinimumCount ? "[" : "").Append(i > 0 ? "," : "");
            text.Append('<').Append(arguments[i]).Append('>');
        }

        return text.Append(']', arguments.MaximumCount - arguments.MinimumCount).Append(')').ToString();
    }

    /// <summary>The sections in which a line may stand; for what is no line, that is no question.</summary>
    private static string[] SectionsOf(CatalogEntry entry)
    {
        var isLine = entry.Class == EntryClass.Keyword || ClassesUnderAWord.Contains(entry.Class);
        var legal = Enum.GetValues<SectionKind>().Where(kind => kind != SectionKind.None && entry.IsLegalIn(kind));
        return isLine ? [.. legal.Select(SectionKeywords.KeywordOf)] : [];
    }

    private static IEnumerable<string> NotesOf(CatalogEntry entry)
    {
        (bool IsSo, string Note)[] notes =
        [
            (entry.CanBeNegated, "may stand behind 'no' and 'default'"),
            (entry.NeedsNamedDefaults, "in defaults only where they have a name"),
            (entry.IsHttpOnly, "in mode http only"),
            (entry.IsExpert, "behind 'expert-mode on' only"),
            (entry.IsExperimental, "experimental"),
            (entry.IsPrefix, "the last word goes on"),
            (entry.Meaning is not null, $"stands for {entry.Meaning}"),
            (entry.Class == EntryClass.Converter, $"takes {Type(entry.InputType)}"),
            (entry.Class is EntryClass.Fetch or EntryClass.Converter, $"gives {Type(entry.OutputType)}"),
        ];
        return notes.Where(note => note.IsSo).Select(note => note.Note);
    }

    private static string Type(SampleType type) => type.ToString().ToLowerInvariant();

    private static string KindOf(EntryClass entryClass) => entryClass switch
    {
        EntryClass.Action => "rule",
        EntryClass.BindWord => "word of bind",
        EntryClass.ServerWord => "word of server",
        EntryClass.CrtListWord => "word of a crt-list",
        EntryClass.Fetch => "sample fetch",
        EntryClass.AclAlias => "acl criterion",
        EntryClass.CliCommand => "runtime command",
        _ => entryClass.ToString().ToLowerInvariant(),
    };
}
