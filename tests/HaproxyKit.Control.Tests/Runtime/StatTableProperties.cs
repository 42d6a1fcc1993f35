using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>Laws of the table of <c>show stat</c>.</summary>
public sealed class StatTableProperties
{
    private static readonly string[] Columns = ["pxname", "svname", "status", "desc"];

    /// <summary>Values of what may be wrong in them, a comma, a quote, a line's end, and the empty one.</summary>
    private static readonly Arbitrary<string[][]> Rows = Gen.Elements('a', 'b', ' ', ',', '"', '\n', '0').ArrayOf()
        .Select(letters => new string(letters)).ArrayOf(Columns.Length).ArrayOf().ToArbitrary();

    [Fact]
    public void Values_come_back_as_they_were_before_they_were_quoted() =>
        Prop.ForAll(Rows, rows =>
        {
            var answer = $"# {string.Join(',', Columns)},\n" + string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + ",\n"));
            var read = StatTable.Parse(answer)!;
            return read.Count == rows.Length
                && read.Zip(rows).All(pair => Columns.Index().All(column => pair.First[column.Item] == pair.Second[column.Index]) && pair.First["none"].Length == 0);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("# pxname,svname,status,\nweb,FRONTEND\n")]
    [InlineData("pxname,svname,status,\n")]
    [InlineData("")]
    public void Parse_what_is_no_such_table_is_null(string answer) => Assert.Null(StatTable.Parse(answer));

    [Fact]
    public void Parse_a_row_more_without_its_end_counts() =>
        Assert.Equal([("web", 3L), ("app", null)], StatTable.Parse("# pxname,svname,scur\nweb,FRONTEND,3\napp,BACKEND,")!.Select(row => (row.Proxy, row.Number("scur"))));

    private static string Quoted(string value) =>
        value.AsSpan().ContainsAny(",\"\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
