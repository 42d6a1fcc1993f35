using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class RevisionHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddAsync_change_is_read_back_as_it_was_by_another_process_too()
    {
        var added = await History().AddAsync(Change(1) with { Steps = ["set app/s1 to 10.0.0.1:80"], Undoes = [7] });

        Assert.Equal([added], History().Read().Entries);
        Assert.Equal(1, added.Number);
        Assert.Equal("600", Shell.Run("stat", "-c", "%a", Assert.Single(Files())));
    }

    [Fact]
    public async Task AddAsync_the_last_ten_are_kept_and_numbers_go_on()
    {
        for (var i = 1; i <= 13; i++)
        {
            await History().AddAsync(Change(i));
        }

        Assert.Equal(Enumerable.Range(4, 10).Reverse(), History().Read().Entries.Select(entry => entry.Number));
        Assert.Equal(10, Files().Length);
    }

    [Fact]
    public async Task AddAsync_large_changes_push_out_older_ones_and_are_kept_themselves()
    {
        var large = new byte[24 * 1024 * 1024];
        new Random(1).NextBytes(large);
        await History().AddAsync(Change(1));
        await History().AddAsync(Change(2) with { Before = large, After = large });
        await History().AddAsync(Change(3));

        Assert.Equal([3], History().Read().Entries.Select(entry => entry.Number));
        await History().AddAsync(Change(4) with { Before = large, After = large });
        Assert.Equal([4], History().Read().Entries.Select(entry => entry.Number));
    }

    [Fact]
    public async Task AddAsync_several_files_have_their_own_histories()
    {
        await History().AddAsync(Change(1));
        await History("/etc/haproxy/other.cfg").AddAsync(Change(2));

        Assert.Equal("# after 1", Text(Assert.Single(History().Read().Entries).After));
        Assert.Equal("# after 2", Text(Assert.Single(History("/etc/haproxy/other.cfg").Read().Entries).After));
    }

    [Fact]
    public async Task AddAsync_several_writers_lose_none()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => History().AddAsync(Change(i)))));

        Assert.Equal(Enumerable.Range(1, 8).Reverse(), History().Read().Entries.Select(entry => entry.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"number\":2}")]
    [InlineData("half")]
    [InlineData("hash")]
    [InlineData("bytes")]
    public async Task Read_damaged_change_is_told_and_skipped(string damage)
    {
        await History().AddAsync(Change(1));
        await History().AddAsync(Change(2));
        await History().AddAsync(Change(3));
        var file = Files()[1];
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, damage switch
        {
            "half" => text[..(text.Length / 2)],
            "hash" => text.Replace(ConfigRevision.HashOf("# after 2"u8), ConfigRevision.HashOf("# after 3"u8)),
            "bytes" => text.Replace("\"before\":\"", "\"before\":\"AAAA"),
            _ => damage,
        });

        var reading = History().Read();

        Assert.Equal([3, 1], reading.Entries.Select(entry => entry.Number));
        Assert.StartsWith(file + ": ", Assert.Single(reading.Skipped));
        Assert.Equal(4, (await History().AddAsync(Change(4))).Number);
    }

    [Fact]
    public async Task Standing_undone_changes_and_those_that_failed_do_not_stand()
    {
        await History().AddAsync(Change(1));
        await History().AddAsync(Change(2));
        await History().AddAsync(Change(3) with { Outcome = DeploymentOutcome.RolledBack });
        await History().AddAsync(Change(4) with { Outcome = DeploymentOutcome.Unreachable });
        await History().AddAsync(Change(5) with { Undoes = [2] });
        await History().AddAsync(Change(6) with { Undoes = [4], Outcome = DeploymentOutcome.RolledBack });

        Assert.Equal([4, 1], History().Read().Standing.Select(entry => entry.Number));
    }

    private RevisionHistory History(string file = "/etc/haproxy/haproxy.cfg") => new(StateFolder.Open(_folder.File("state")), file);

    private string[] Files() => [.. Directory.GetFiles(_folder.File("state")).Order(StringComparer.Ordinal)];

    private static RevisionHistoryEntry Change(int number) => new()
    {
        Before = Encoding.UTF8.GetBytes($"# before {number}"),
        After = Encoding.UTF8.GetBytes($"# after {number}"),
        Outcome = DeploymentOutcome.Applied,
        Origin = "a test",
    };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
