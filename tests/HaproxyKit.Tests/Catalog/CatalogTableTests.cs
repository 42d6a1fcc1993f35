using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Catalog.Sources;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Catalog;

public sealed class CatalogTableTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "HaproxyKit", "Catalog", "Sources");

    [Fact]
    public void Text_committed_is_what_the_sources_make()
    {
        var committed = Encoding.UTF8.GetString(CatalogTable.Instance.Text);
        Assert.True(
            committed == CatalogMerge.Of(Folder).ToText(),
            "run: dotnet run src/HaproxyKit/Catalog/Sources/MakeCatalog.cs");
    }

    [Fact]
    public void Rows_of_the_library_say_what_the_text_says()
    {
        var lines = Encoding.UTF8.GetString(CatalogTable.Instance.Text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(lines.Count, CatalogTable.Instance.RowCount);
        for (var row = 0; row < lines.Count; row++)
        {
            var columns = lines[row].Split('\t');
            var entry = new CatalogEntry(row);
            Assert.Equal(columns[1], entry.IsPrefix ? entry.Name + "*" : entry.Name);
            Assert.Equal(columns[0], Word(entry.Class));
            Assert.Equal(columns[3], entry.Since.ToString());
            Assert.Equal(columns[4], entry.Removed?.ToString() ?? "-");
            Assert.Equal(columns[5], entry.Deprecated?.ToString() ?? "-");
            Assert.Equal(columns[6], entry.Successor ?? "-");
            var signature = entry.Class is EntryClass.Fetch or EntryClass.Converter or EntryClass.AclAlias ? "-" : columns[8];
            Assert.Equal(signature, entry.Signature.Text is { Length: > 0 } text ? text : "-");
        }
    }

    [Fact]
    public void Rows_of_one_name_stand_together()
    {
        var table = CatalogTable.Instance;
        var rows = 0;
        for (var node = 0; node < table.NodeCount; node++)
        {
            ref readonly var data = ref table.Node(node);
            for (var row = data.FirstRow; row < data.FirstRow + data.RowCount; row++, rows++)
            {
                var name = Encoding.UTF8.GetString(table.Name(row));
                Assert.Equal(name.Split(' ')[^1], Encoding.UTF8.GetString(table.Text.Slice(data.WordStart, data.WordLength)));
                Assert.Equal(Encoding.UTF8.GetString(table.Name(data.FirstRow)), name);
            }
        }

        Assert.Equal(table.RowCount, rows);
    }

    [Fact]
    public void Signatures_of_the_sources_have_no_mistake()
    {
        var mistakes = CatalogMerge.Of(Folder).Rows
            .Where(row => row.Class is not ("fetch" or "converter" or "acl"))
            .Select(row => row.Signature == "-" || Signature.TryParse(row.Signature, out _, out var mistake) ? null : $"{row.Class} {row.Name}: {mistake}")
            .Where(mistake => mistake is not null);
        Assert.Empty(mistakes);
    }

    private static string Word(EntryClass @class) => @class switch
    {
        EntryClass.BindWord => "bind",
        EntryClass.ServerWord => "server",
        EntryClass.CrtListWord => "crt-list",
        EntryClass.AclAlias => "acl",
        EntryClass.CliCommand => "cli",
        _ => @class.ToString().ToLowerInvariant(),
    };
}
