using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

public sealed class WholeFileTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void One_address_in_a_file_of_5000_lines_changes_one_line(string ending)
    {
        var lines = Enumerable.Range(0, 1_000).SelectMany(i => new[]
        {
            $"# of backend {i}", $"backend b{i}", "    mode http", $"\tserver  s{i}   10.0.{i / 250}.{i % 250}:80\tcookie 'a b'  check   # note {i}", "",
        }).ToList();
        var config = HaproxyConfig.Parse(string.Join(ending, lines) + ending);
        Assert.Equal(5_000, config.Document.LineCount);
        config.Backends["b777"].Servers["s777"].Address = new("10.9.9.9", 8080);
        lines[(777 * 5) + 3] = "\tserver  s777   10.9.9.9:8080\tcookie 'a b'  check   # note 777";
        Assert.Equal(string.Join(ending, lines) + ending, config.ToString());
    }

    [Fact]
    public void Document_taken_before_an_edit_stays()
    {
        var config = HaproxyConfig.Parse("backend a\n  server s1 10.0.0.1:80\n");
        var before = config.Document;
        var after = before.Edit(c => c.Backends["a"].Servers["s1"].Address = new("10.0.0.2", 80));
        config.Backends["a"].Remove();
        Assert.Equal("backend a\n  server s1 10.0.0.1:80\n", before.ToString());
        Assert.Equal("backend a\n  server s1 10.0.0.2:80\n", after.ToString());
        Assert.Throws<ArgumentNullException>(() => ConfigDocumentEditing.Edit(null!, _ => { }));
        Assert.Throws<ArgumentNullException>(() => before.Edit(null!));
    }

    [Fact]
    public void Save_makes_a_file_and_keeps_the_mode_of_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("haproxy.cfg");
        var config = new HaproxyConfig(ConfigDocument.Parse([.. "# \xe4\nglobal\r\n"u8, 0xFF, 0x00, .. "\n"u8]));
        config.Save(path);
        Assert.Equal(config.Document.ToBytes(), File.ReadAllBytes(path));
        Assert.Equal(config.Document.ToBytes(), HaproxyConfig.Load(path).Document.ToBytes());
        Assert.Equal(path, HaproxyConfig.Load(path).Document.Path);

        var link = folder.File("link.cfg");
        File.CreateSymbolicLink(link, path);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode);
        }

        config.Globals.Add();
        config.Save(link);
        Assert.Equal(config.Document.ToBytes(), File.ReadAllBytes(path));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == Mode);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.Throws<DirectoryNotFoundException>(() => config.Save(folder.File("no/such.cfg")));
        Assert.Throws<FileNotFoundException>(() => HaproxyConfig.Load(folder.File("none.cfg")));
    }

    [Fact]
    public void Reading_every_line_of_the_corpus_changes_nothing()
    {
        Assert.All(Corpus.Files(), file =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(file.Bytes.Span));
            Assert.True(ModelWalker.ReadEverything(config) > 0 || file.Bytes.Length == 0);
            Assert.True(file.Bytes.Span.SequenceEqual(config.Document.ToBytes()), file.Name);
        });
    }

    [Fact]
    public void One_server_of_each_corpus_file_changes_one_word()
    {
        var changed = Corpus.Files().Count(file =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(file.Bytes.Span));
            var servers = config.Sections.SelectMany(s => s.Directives).OfType<Server>().Where(s => s.Arguments.Count > 1).ToList();
            foreach (var server in servers.Where((_, i) => i % 7 == 0))
            {
                var before = Encoding.Latin1.GetString(config.Document.ToBytes());
                var (start, raw) = (config.Document.GetPosition(server.Section.Ordinal).Offset + server.Section.Syntax.OffsetOfLine(server.Line) + server.Arguments[1].SpanInLine.Start, server.Arguments[1].SpanInLine.Length);
                server.Address = new("192.0.2.1", 4_242);
                Assert.Equal(before[..start] + "192.0.2.1:4242" + before[(start + raw)..], Encoding.Latin1.GetString(config.Document.ToBytes()));
            }

            return servers.Count > 0;
        });
        Assert.True(changed > 0);
    }
}
