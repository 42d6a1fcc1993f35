namespace HaproxyKit.Catalog.Sources;

/// <summary>Reads the keyword matrix of the manual (chapter 4.1): which proxy takes which line.</summary>
internal static class KeywordMatrix
{
    internal static IEnumerable<CatalogRecord> Read(string file) =>
        File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(ReadRow);

    private static CatalogRecord ReadRow(string line)
    {
        var columns = line.Split('\t');
        var canBeNegated = columns[0].EndsWith("(*)", StringComparison.Ordinal);
        var name = columns[0].Replace("(*)", string.Empty, StringComparison.Ordinal).Trim();
        var letters = Letter(columns[1], columns[1].Contains('!', StringComparison.Ordinal) ? "d" : "D")
            + Letter(columns[2], "F") + Letter(columns[3], "L") + Letter(columns[4], "B");
        return new()
        {
            Class = name.StartsWith("option ", StringComparison.Ordinal) ? "option" : "keyword",
            Name = name,
            Sections = letters,
            Traits = canBeNegated ? "no" : CatalogRecord.None,
            Signature = "<rest>",
        };
    }

    private static string Letter(string cell, string letter) => cell.StartsWith('X') ? letter : string.Empty;
}
