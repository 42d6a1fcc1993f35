using System.Text;
using System.Text.Json;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class PrintAndWordsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Print_gives_the_bytes_of_every_file_of_the_corpus()
    {
        foreach (var file in Corpus.Files().Where(file => file.Path.Contains("HaproxyKit.Tests", StringComparison.Ordinal)))
        {
            Assert.Equal(file.Bytes.ToArray(), (await ToolRun.OfAsync("print", file.Path)).MustEndWith(0).Bytes);
        }

        byte[] odd = [.. "\ufeffglobal\r\n \0\xff"u8];
        Assert.Equal(odd, (await ToolRun.OfAsync(odd, ["print", "-"])).MustEndWith(0).Bytes);
    }

    [Fact]
    public async Task Words_are_one_array_a_line()
    {
        var text = "# c\nbackend \"a\"\n\n  server 's 1' a\\ b # x\n  x \"${V-d}\" é\n";
        var run = (await ToolRun.OfAsync(Encoding.UTF8.GetBytes(text), ["words", "-"])).MustEndWith(0);
        Assert.Equal("[\"backend\",\"a\"]\n[\"server\",\"s 1\",\"a b\"]\n[\"x\",\"${V-d}\",\"é\"]\n", run.Output);
        var file = _folder.Write("a.cfg", text);
        using var json = JsonDocument.Parse((await ToolRun.OfAsync("words", file, "--format", "json")).MustEndWith(0).Output);
        Assert.Equal([2, 4, 5], json.RootElement.EnumerateArray().Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal("s 1", json.RootElement[1].GetProperty("words")[1].GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_ends_with_2()
    {
        foreach (var command in (string[])["print", "words"])
        {
            (await ToolRun.OfAsync(command, "/no/such.cfg")).MustFailWith(2, "/no/such.cfg does not exist");
            (await ToolRun.OfAsync(command, _folder.Path)).MustFailWith(2, $"{_folder.Path} is a folder: name one of its files");
            var unreadable = await ToolRun.OfAsync(command, "/proc/self/mem");
            Assert.Equal(2, unreadable.ExitCode);
            Assert.StartsWith("haproxykit: /proc/self/mem cannot be read: ", unreadable.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task File_without_the_right_to_read_ends_with_2()
    {
        var file = _folder.Write("secret.cfg", "global\n");
        File.SetUnixFileMode(file, UnixFileMode.None);
        var run = await ToolRun.OfAsync("print", file);
        if (Environment.IsPrivilegedProcess)
        {
            run.MustEndWith(0); // root reads everything
            return;
        }

        run.MustFailWith(2, $"{file} may not be read: run as a user who may, or pipe it in and name - instead");
    }

    public void Dispose() => _folder.Dispose();
}
