using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>What the catalog says about the names in sample expressions (configuration manual, chapter 7.3).</summary>
internal static class SampleNames
{
    /// <summary>
    /// The entry of a fetch, an acl keyword's fetch, or a converter; no entry where the name is not known.
    /// </summary>
    internal static CatalogEntry Find(string name, bool isFetch)
    {
        var (catalog, bytes) = (HaproxyCatalog.AllVersions, Encoding.ASCII.GetBytes(name));
        if (isFetch && catalog.TryFind(EntryClass.AclAlias, bytes, out var alias) && alias.Meaning is { } meaning)
        {
            bytes = Encoding.ASCII.GetBytes(meaning.Split(' ')[0]);
        }

        return (isFetch && catalog.TryFind(EntryClass.Fetch, bytes, out var entry)) || catalog.TryFind(EntryClass.Converter, bytes, out entry) ? entry : default;
    }

    /// <summary>What an argument means.</summary>
    internal static ValueKind KindOf(string name, CatalogEntry entry, int argument)
    {
        if (argument == 0 && entry.Class == EntryClass.Converter && (name == "map" || name.StartsWith("map_", StringComparison.Ordinal)))
        {
            return ValueKind.MapFile;
        }

        if (name == "regsub" && argument == 0)
        {
            return ValueKind.Regex;
        }

        if (name == "acl" && entry.Class == EntryClass.Fetch)
        {
            return ValueKind.AclName;
        }

        return !entry.Exists || argument >= entry.Arguments.MaximumCount ? ValueKind.SampleArgument : entry.Arguments[argument] switch
        {
            SampleArgumentKind.Number => ValueKind.Number,
            SampleArgumentKind.Frontend => ValueKind.FrontendName,
            SampleArgumentKind.Backend => ValueKind.BackendName,
            SampleArgumentKind.Table => ValueKind.TrackTable,
            SampleArgumentKind.Server => ValueKind.ServerName,
            SampleArgumentKind.Userlist => ValueKind.UserlistName,
            SampleArgumentKind.Regex => ValueKind.Regex,
            _ => ValueKind.SampleArgument,
        };
    }

    /// <summary>How the patterns behind a sample are matched.</summary>
    internal static PatternPlace PatternsOf(ReadOnlySpan<byte> sample, AclPatternSlot slot)
    {
        var scanner = new SampleExpressionScanner(sample);
        var (method, calls) = (AclMatchMethod.Unspecified, 0);
        SampleType? type = null;
        while (scanner.MoveNext())
        {
            var bytes = sample.Slice(scanner.Name.Start, scanner.Name.Length);
            if (calls++ == 0 && HaproxyCatalog.AllVersions.TryFind(EntryClass.AclAlias, bytes, out var alias))
            {
                var meaning = alias.Meaning?.Split(' ') ?? [];
                method = meaning.Length > 0 && AclMatchMethods.TryParse(Encoding.ASCII.GetBytes(meaning[^1]), out var named) ? named : method;
            }

            var entry = Find(Encoding.ASCII.GetString(bytes), scanner.IsFetch);
            type = !entry.Exists ? null : entry.OutputType == SampleType.Same ? type : entry.OutputType;
        }

        return new PatternPlace(slot, calls == 1 ? method : AclMatchMethod.Unspecified, type);
    }
}
