using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Unix;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>The moment after the last comparison, which no other test can hit at will.</summary>
public sealed class FileExchangeTests : IDisposable
{
    private const string Read = "# as it was read\n";
    private const string Saved = "# saved after the last comparison\n";
    private const string Ours = "# ours\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task RunAsync_save_after_the_last_comparison_stands_again(bool exchange, bool isKnownByStatus)
    {
        var path = folder.Write("haproxy.cfg", Read);
        var status = isKnownByStatus ? FileStatus.OfName(path) : null;
        File.WriteAllText(path, Saved);

        Assert.True(await RunAsync(path, exchange, status));

        Assert.Equal(Saved, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task RunAsync_expected_file_is_replaced(bool exchange, bool isKnownByStatus)
    {
        var path = folder.Write("haproxy.cfg", Read);

        Assert.False(await RunAsync(path, exchange, isKnownByStatus ? FileStatus.OfName(path) : null));

        Assert.Equal(Ours, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    /// <summary>An editor that opened the file before us and is still writing holds the file that came out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_editor_in_the_middle_of_a_save_keeps_the_file(bool isKnownByStatus)
    {
        var path = folder.Write("haproxy.cfg", Read);
        await using (var editor = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0))
        {
            Assert.True(await RunAsync(path, exchange: true, isKnownByStatus ? FileStatus.OfName(path) : null));
            editor.Write(Encoding.UTF8.GetBytes(Saved));
        }

        Assert.Equal(Read + Saved, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    private async Task<bool> RunAsync(string path, bool exchange, FileStatus? status)
    {
        var options =
            new ConfigFileOptions { AllowExchange = exchange, WriterPatience = TimeSpan.FromMilliseconds(50) };
        using var prepared = FilePreparation.Write(path, Encoding.UTF8.GetBytes(Ours));
        using var opened = FileSystem.OpenForReading(folder.Path);
        var patience = new Patience(TimeProvider.System);
        return await new FileExchange(path, Hash(Read), Hash(Ours), options, patience) { ExpectedStatus = status }.RunAsync(prepared, opened);
    }

    private static string Hash(string content) => ConfigRevision.HashOf(Encoding.UTF8.GetBytes(content));
}
