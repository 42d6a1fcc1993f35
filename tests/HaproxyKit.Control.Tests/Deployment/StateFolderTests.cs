using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class StateFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_missing_folder_is_made_for_its_owner_alone()
    {
        var state = StateFolder.Open(folder.File("var/state"));
        state.SaveLastGood("# good\n"u8);

        Assert.Equal("700", Shell.Run("stat", "-c", "%a", state.Path));
        Assert.Equal("600", Shell.Run("stat", "-c", "%a", Path.Combine(state.Path, "last-good")));
        Assert.Equal("# good\n", Encoding.UTF8.GetString(state.ReadLastGood()!));
        Assert.Single(Directory.GetFiles(state.Path));
    }

    [Fact]
    public void Open_folder_that_others_may_write_to_is_refused()
    {
        var path = folder.File("state");
        StateFolder.Open(path);
        Shell.Run("chmod", "0755", path);
        StateFolder.Open(path);
        Shell.Run("chmod", "0770", path);

        Assert.Contains("chmod", Assert.Throws<IOException>(() => StateFolder.Open(path)).Message);
    }

    [Fact]
    public void Open_leftovers_of_a_killed_process_are_removed()
    {
        var state = StateFolder.Open(folder.File("state"));
        File.WriteAllText(Path.Combine(state.Path, ".mappings.json.0123456789ab.haproxykit~"), "half");
        state.Write("mappings.json", "{}"u8);

        StateFolder.Open(state.Path);

        Assert.Equal([Path.Combine(state.Path, "mappings.json")], Directory.GetFiles(state.Path));
    }

    [Fact]
    public void Write_present_file_is_replaced_whole()
    {
        var state = StateFolder.Open(folder.File("state"));
        state.Write("mappings.json", Encoding.UTF8.GetBytes(new string('x', 100_000)));
        using var reader = File.OpenRead(Path.Combine(state.Path, "mappings.json"));

        state.Write("mappings.json", "{}"u8);

        Assert.Equal("{}", Encoding.UTF8.GetString(state.Read("mappings.json")!));
        Assert.Equal(100_000, reader.Length);
        state.Delete("mappings.json");
        state.Delete("mappings.json");
        Assert.Null(state.Read("mappings.json"));
        Assert.Null(state.ReadLastGood());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\0")]
    [InlineData("a b")]
    public void Write_name_that_leads_elsewhere_is_a_callers_mistake(string name)
    {
        var state = StateFolder.Open(folder.File("state"));

        Assert.ThrowsAny<ArgumentException>(() => state.Write(name, "{}"u8));
        Assert.ThrowsAny<ArgumentException>(() => state.Read(name));
    }
}
