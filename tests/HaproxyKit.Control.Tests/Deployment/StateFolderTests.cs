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

    /// <summary>A file has its name before it is sure to outlast a power failure; whoever opens it by its name then must not find it locked.</summary>
    [Fact]
    public async Task Write_file_can_be_read_by_others_at_any_moment()
    {
        var state = StateFolder.Open(folder.File("state"));
        state.Write("mappings.json", "{}"u8);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                state.Write("mappings.json", "{}"u8);
            }
        });

        var read = new List<string>();
        try
        {
            while (!writing.IsCompleted)
            {
                read.Add(await File.ReadAllTextAsync(Path.Combine(state.Path, "mappings.json")));
            }
        }
        finally
        {
            await writing;
        }

        Assert.NotEmpty(read);
        Assert.All(read, static text => Assert.Equal("{}", text));
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

    [Fact]
    public void Names_files_that_are_whole_are_listed_and_marked_with_a_time()
    {
        var state = StateFolder.Open(folder.File("state"));
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        state.Write("b", "{}"u8);
        state.Touch("a", time);
        state.Touch("b", time.AddHours(1));
        File.WriteAllText(Path.Combine(state.Path, ".c.0123456789ab.haproxykit~"), "half");

        Assert.Equal(["a", "b"], state.Names());
        Assert.Equal((time, time.AddHours(1), null), (state.TouchedAt("a"), state.TouchedAt("b"), state.TouchedAt("c")));
        Assert.Empty(state.Read("a")!);
        Assert.Equal("{}", Encoding.UTF8.GetString(state.Read("b")!));
    }

    [Fact]
    public async Task LockAsync_second_caller_waits_for_the_first_and_may_give_up()
    {
        var state = StateFolder.Open(folder.File("state"));
        var first = await state.LockAsync(TimeProvider.System, CancellationToken.None);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StateFolder.Open(state.Path).LockAsync(TimeProvider.System, impatience.Token));

        var second = state.LockAsync(TimeProvider.System, CancellationToken.None);
        Assert.False(second.IsCompleted);
        state.Write("mappings.json", "{}"u8);
        first.Dispose();

        (await second).Dispose();
    }
}
