using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Planning;

/// <summary>What reloads need in production, and a configuration leaves out (rule 5).</summary>
public sealed class ReloadWarningsTests
{
    private const string Table = "stick-table type ip size 1k";

    [Fact]
    public void Of_neither_limit_nor_peers_tells_of_each_kind_once()
    {
        var found = ReloadWarnings.Of([Parse($"global\n  maxconn 9\nbackend a\n  {Table}\nlisten b\n  {Table}\nbackend c\n  {Table} peers p\n")]);

        Assert.Equal([DiagnosticIds.NoHardStop, DiagnosticIds.StickTableWithoutPeers], found.Select(warning => warning.Id));
        Assert.All(found, warning => Assert.Equal(DiagnosticSeverity.Warning, warning.Severity));
        Assert.Equal("the stick tables of a, b name no peers: each reload empties them", found[1].Message);
        Assert.Equal("haproxy.cfg:4", found[1].Location!.ToString());
    }

    [Fact]
    public void Of_many_stick_tables_names_some_of_them()
    {
        var tables = string.Concat(Enumerable.Range(1, 100).Select(i => $"backend b{i}\n  {Table}\n"));

        Assert.Equal(
            "the stick tables of b1, b2, b3, b4, b5 and 95 more name no peers: each reload empties them",
            Assert.Single(ReloadWarnings.Of([Parse("global\n  hard-stop-after 30s\n" + tables)])).Message);
    }

    [Fact]
    public void Of_limit_in_another_file_misses_nothing() =>
        Assert.Empty(ReloadWarnings.Of([Parse($"backend a\n  {Table} peers p\n"), Parse("global\n  hard-stop-after 30s\n")]));

    [Fact]
    public void Of_files_that_are_not_all_of_them_misses_no_limit() =>
        Assert.Equal(DiagnosticIds.StickTableWithoutPeers, Assert.Single(ReloadWarnings.Of([Parse($"backend a\n  {Table}\n")], isWhole: false)).Id);

    [Fact]
    public void Of_table_of_peers_themselves_misses_nothing() =>
        Assert.Empty(ReloadWarnings.Of([Parse("global\n  hard-stop-after 30s\npeers p\n  table t type ip size 1k\n")]));

    private static ConfigDocument Parse(string text) => ConfigDocument.Parse(text, "haproxy.cfg");
}
