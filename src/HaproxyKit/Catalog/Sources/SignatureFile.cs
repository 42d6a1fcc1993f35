namespace HaproxyKit.Catalog.Sources;

/// <summary>Reads the files that say what stands behind a word; people write them.</summary>
internal static class SignatureFile
{
    internal const string Header = "class\tname\tsections\tsince\tremoved\tdeprecated\tsuccessor\tsignature";

    /// <summary>The rows as written, and what is wrong with the file.</summary>
    internal static IEnumerable<CatalogRecord> Read(string file, ICollection<string> notes)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (number == 1 && line != Header)
            {
                throw new InvalidDataException($"{file}: the header is not the one that is known");
            }

            if (number == 1 || line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var columns = line.Split('\t');
            if (columns.Length != 8 || columns.Any(column => column.Length == 0))
            {
                notes.Add($"{Path.GetFileName(file)}({number}): eight columns are needed");
                continue;
            }

            yield return Normal(columns);
        }
    }

    private static CatalogRecord Normal(string[] columns)
    {
        var signature = columns[7].Trim();
        var isSwitch = signature.StartsWith("@switch", StringComparison.Ordinal);
        signature = isSwitch ? signature["@switch".Length..].Trim() : signature;
        var isRuleset = signature is "@action" or "@filter";
        return new()
        {
            Class = isRuleset ? "ruleset" : columns[0],
            Name = Named(columns[0], columns[1]),
            Sections = columns[0] == "bind" ? CatalogRecord.None : columns[2],
            Since = columns[3],
            Removed = columns[4],
            Deprecated = columns[5],
            Successor = columns[6],
            Traits = columns[0] switch
            {
                "fetch" => "out=any at=3fffff",
                "converter" => "in=any out=any",
                _ => isSwitch ? "no" : CatalogRecord.None,
            },
            Signature = isRuleset || signature.Length == 0 ? CatalogRecord.None : signature,
        };
    }

    private static string Named(string @class, string name) =>
        @class is "option" or "filter" && !name.StartsWith(@class + " ", StringComparison.Ordinal) ? $"{@class} {name}"
        : name.EndsWith("(*)", StringComparison.Ordinal) ? name[..^3] + "*"
        : name;
}
