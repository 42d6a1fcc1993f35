using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class ConfigFileTests : IDisposable
{
    private const string Old = "listen a\n  bind :81\n";
    private const string New = "listen a\n  bind :82\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ReadAsync_file_gives_bytes_hash_and_owner()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));

        var revision = await file.ReadAsync();

        Assert.Equal(Old, Encoding.UTF8.GetString(revision.Content.Span));
        Assert.Equal(Shell.Run("sha256sum", file.Path).Split(' ')[0], revision.Hash);
        Assert.Equal(revision, await file.ReadAsync());
    }

    [Fact]
    public async Task ReplaceAsync_expected_revision_writes_and_gives_the_new_one()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));

        var result = await file.ReplaceAsync(await file.ReadAsync(), Encoding.UTF8.GetBytes(New));

        Assert.True(result.IsReplaced);
        Assert.Equal(New, File.ReadAllText(file.Path));
        Assert.Equal(await file.ReadAsync(), result.Revision);
        Assert.Equal(["haproxy.cfg"], Names());
    }

    [Fact]
    public async Task ReplaceAsync_file_changed_meanwhile_is_a_conflict_and_keeps_the_change()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var expected = await file.ReadAsync();
        File.WriteAllText(file.Path, "# edited\n" + Old);

        var result = await file.ReplaceAsync(expected, Encoding.UTF8.GetBytes(New));

        Assert.True(result.IsConflict);
        Assert.Equal("# edited\n" + Old, Encoding.UTF8.GetString(result.Revision.Content.Span));
        Assert.Equal("# edited\n" + Old, File.ReadAllText(file.Path));
        Assert.Equal(["haproxy.cfg"], Names());
    }

    [Fact]
    public async Task ReplaceAsync_same_content_writes_nothing()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var before = await file.ReadAsync();
        var inode = Shell.Run("stat", "-c", "%i", file.Path);

        var result = await file.ReplaceAsync(before, Encoding.UTF8.GetBytes(Old));

        Assert.True(result.IsReplaced);
        Assert.Equal(inode, Shell.Run("stat", "-c", "%i", file.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    public async Task ReplaceAsync_empty_content_is_a_callers_mistake(string content)
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var revision = await file.ReadAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => file.ReplaceAsync(revision, Encoding.UTF8.GetBytes(content)));

        Assert.Equal(Old, File.ReadAllText(file.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReplaceAsync_keeps_owner_mode_access_list_and_attributes(bool exchange)
    {
        var path = folder.Write("haproxy.cfg", Old);
        var mayChangeOwner = Environment.UserName == "root";
        if (mayChangeOwner)
        {
            Shell.Run("chown", "1234:2345", path);
        }

        Shell.Run("chmod", "0640", path);
        ExtendedAttribute.Set(path, "user.haproxykit.test", [1, 0, 255]);
        ExtendedAttribute.Set(path, ExtendedAttribute.AccessList, ExtendedAttribute.AccessListWithReader(4321));
        var file = new ConfigFile(path, new ConfigFileOptions { AllowExchange = exchange });
        var before = await file.ReadAsync();

        var result = await file.ReplaceAsync(before, Encoding.UTF8.GetBytes(New));

        Assert.True(result.IsReplaced);
        Assert.Equal(New, File.ReadAllText(path));
        Assert.Equal(
            mayChangeOwner ? "640 1234 2345" : $"640 {before.UserId} {before.GroupId}",
            Shell.Run("stat", "-c", "%a %u %g", path));
        Assert.Equal([1, 0, 255], ExtendedAttribute.Get(path, "user.haproxykit.test"));
        Assert.Equal(
            ExtendedAttribute.AccessListWithReader(4321), ExtendedAttribute.Get(path, ExtendedAttribute.AccessList));
        Assert.Equal(await file.ReadAsync(), result.Revision);
        Assert.Equal(["haproxy.cfg"], Names());
    }

    [Fact]
    public async Task ReplaceAsync_chain_of_links_keeps_the_links_and_writes_the_file()
    {
        Directory.CreateDirectory(folder.File("real"));
        var real = folder.Write("real/haproxy.cfg", Old);
        File.CreateSymbolicLink(folder.File("second"), "real/haproxy.cfg");
        File.CreateSymbolicLink(folder.File("first"), folder.File("second"));
        var file = new ConfigFile(folder.File("first"));

        var result = await file.ReplaceAsync(await file.ReadAsync(), Encoding.UTF8.GetBytes(New));

        Assert.True(result.IsReplaced);
        Assert.Equal(real, result.Revision.ResolvedPath);
        Assert.Equal(New, File.ReadAllText(real));
        Assert.Equal("real/haproxy.cfg", new FileInfo(folder.File("second")).LinkTarget);
        Assert.Equal(folder.File("second"), new FileInfo(folder.File("first")).LinkTarget);
        Assert.Equal(["haproxy.cfg"], Names("real"));
    }

    [Fact]
    public async Task ReadAsync_somebody_writing_in_place_waits_for_the_whole_file()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        await using var editor = new FileStream(file.Path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        var reading = file.ReadAsync();
        await editor.WriteAsync(Encoding.UTF8.GetBytes("# half"));
        await editor.FlushAsync();
        Assert.False(reading.IsCompleted);
        await editor.WriteAsync(Encoding.UTF8.GetBytes(" and whole\n"));
        await editor.DisposeAsync();

        var revision = await reading;

        Assert.Equal("# half and whole\n", Encoding.UTF8.GetString(revision.Content.Span));
    }

    [Fact]
    public async Task ReadAsync_file_that_nobody_has_written_since_is_not_read_again()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old), new ConfigFileOptions { WriterPatience = TimeSpan.FromMinutes(1) });
        var known = await file.ReadAsync();
        await Eventually.TrueAsync(async () => ReferenceEquals(known, known = await file.ReadAsync()), "what is known is told");

        // To read it would be to wait until this one has closed it.
        using var writer = File.Open(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        Assert.Same(known, await file.ReadAsync());

        writer.Write("# half a "u8);
        writer.Flush();
        var reading = file.ReadAsync();
        Assert.False(reading.IsCompleted);
        writer.Write("line\n"u8);
        writer.Dispose();
        Assert.StartsWith("# half a line\n", Encoding.UTF8.GetString((await reading).Content.Span), StringComparison.Ordinal);
    }

    /// <summary>File systems stamp files by a clock of some milliseconds, so that many of these writes leave size and times as they were.</summary>
    [Fact]
    public async Task ReadAsync_after_each_of_many_writes_of_the_same_length_gives_the_last()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var sameStamp = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var before = new FileInfo(file.Path).LastWriteTimeUtc;
            var text = Old.Replace("81", $"{10 + (i % 90)}");
            using (var writer = File.Open(file.Path, FileMode.Open, FileAccess.Write))
            {
                writer.Write(Encoding.UTF8.GetBytes(text));
            }

            sameStamp += new FileInfo(file.Path).LastWriteTimeUtc == before ? 1 : 0;
            Assert.Equal(text, Encoding.UTF8.GetString((await file.ReadAsync()).Content.Span));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sameStamp} of 2000 writes left the time as it was");
    }

    [Fact]
    public async Task ReplaceAsync_knows_what_it_has_written_until_somebody_writes_however_soon()
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var known = await file.ReadAsync();
        for (var i = 0; i < 500; i++)
        {
            var replaced = await file.ReplaceAsync(known, Encoding.UTF8.GetBytes(Old.Replace("81", $"{10 + (i % 70)}")));
            Assert.True(replaced.IsReplaced);
            Assert.True(file.IsStill(replaced.Revision));
            Assert.Same(replaced.Revision, await file.ReadAsync());

            // As long as it was, at once.
            using (var writer = File.Open(file.Path, FileMode.Open, FileAccess.Write))
            {
                writer.Write(Encoding.UTF8.GetBytes(Old));
            }

            Assert.False(file.IsStill(replaced.Revision));
            known = await file.ReadAsync();
            Assert.Equal(Old, Encoding.UTF8.GetString(known.Content.Span));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_sees_what_was_written_with_length_and_time_of_before(bool inPlace)
    {
        var file = new ConfigFile(folder.Write("haproxy.cfg", Old));
        var known = await file.ReadAsync();
        await Eventually.TrueAsync(async () => ReferenceEquals(known, known = await file.ReadAsync()), "what is known is told");

        var written = inPlace ? file.Path : folder.Write("another", "");
        File.WriteAllText(written, New);
        File.SetLastWriteTimeUtc(written, known.ModifiedAt.UtcDateTime);
        if (!inPlace)
        {
            File.Move(written, file.Path, overwrite: true);
        }

        var now = await file.ReadAsync();
        Assert.Equal((New, known.ModifiedAt), (Encoding.UTF8.GetString(now.Content.Span), now.ModifiedAt));
    }

    [Fact]
    public async Task ReplaceAsync_many_times_leaves_no_file_and_no_descriptor()
    {
        var times = int.Parse(Environment.GetEnvironmentVariable("HAPROXYKIT_REPLACES") ?? "300");
        var path = folder.Write("haproxy.cfg", Old);
        using var child = ChildProcess.Start("replace", path, times.ToString());

        var line = await child.ReadLineAsync();

        var counts = line!.Split(' ').Select(int.Parse).ToArray();
        Assert.InRange(counts[1], 1, counts[0]);
        Assert.Equal(["haproxy.cfg"], Names());
    }

    private string[] Names(string within = ".") =>
        [.. Directory.EnumerateFiles(folder.File(within)).Select(f => Path.GetFileName(f)!)];
}
