using System.Buffers;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Syntax;

public sealed class ConfigDocumentTests
{
    private const string Three = "# head\n\nglobal\n a\n# about b\nbackend b\n c\n\nlisten l\n d";

    [Fact]
    public void Parse_of_text_refuses_half_of_a_surrogate_pair() =>
        Assert.Throws<ArgumentException>("text", () => ConfigDocument.Parse("a\udc00"));

    [Fact]
    public void Parse_copies_the_bytes()
    {
        var bytes = "global\n"u8.ToArray();
        var document = ConfigDocument.Parse(bytes);
        bytes[0] = (byte)'x';
        Assert.Equal("global\n", document.ToString());
    }

    [Fact]
    public void Load_keeps_the_path_and_every_byte()
    {
        var path = Path.GetTempFileName();
        try
        {
            byte[] bytes = [0xEF, 0xBB, 0xBF, 0, 0xFF, (byte)'\r', (byte)'\n', (byte)'x'];
            File.WriteAllBytes(path, bytes);
            var document = ConfigDocument.Load(path);
            Assert.Equal(bytes, document.ToBytes());
            Assert.Equal(path, document.Path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Empty_has_nothing()
    {
        var empty = ConfigDocument.Empty;
        Assert.Equal((0, 0, 0), (empty.Length, empty.LineCount, empty.SectionCount));
        Assert.Empty(empty.ToBytes());
        Assert.Empty(empty.FindSections(SectionKind.Global, ""));
        Assert.Equal((0, 0, 0), (ConfigDocument.Parse("").Length, ConfigDocument.Parse("").LineCount, ConfigDocument.Parse("").SectionCount));
    }

    [Fact]
    public void GetPosition_is_the_offset_and_line_of_the_first_comment()
    {
        var document = ConfigDocument.Parse(Three);
        Assert.Equal(4, document.SectionCount);
        Assert.Equal(
            [new SectionPosition(0, 1), new(8, 3), new(18, 5), new(42, 9)],
            Enumerable.Range(0, 4).Select(document.GetPosition));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPosition(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetSection(-1));
    }

    [Fact]
    public void FindSections_gives_all_of_a_name_in_order()
    {
        var document = ConfigDocument.Parse(".if 1\nbackend a\n.else\nbackend \"a\"\n.endif\nfrontend a\nbackend b\n");
        Assert.Equal([1, 2], document.FindSections(SectionKind.Backend, "a"));
        Assert.Equal([3], document.FindSections(SectionKind.Frontend, "a"));
        Assert.Equal([0], document.FindSections(SectionKind.None, ""));
        Assert.Empty(document.FindSections(SectionKind.Backend, "A"));
    }

    [Fact]
    public void WriteTo_writes_the_bytes_to_stream_and_buffer()
    {
        var document = ConfigDocument.Parse(Three).ReplaceLines(1, 1, 1, " z\n"u8);
        var stream = new MemoryStream();
        var buffer = new ArrayBufferWriter<byte>();
        document.WriteTo(stream);
        document.WriteTo(buffer);
        Assert.Equal(document.ToBytes(), stream.ToArray());
        Assert.Equal(document.ToBytes(), buffer.WrittenSpan.ToArray());
        Assert.Equal(Three.Replace(" a\n", " z\n", StringComparison.Ordinal), document.ToString());
    }

    [Fact]
    public void ReplaceLines_shares_the_sections_that_did_not_change()
    {
        var document = ConfigDocument.Parse(Three);
        var changed = document.ReplaceLines(2, 2, 1, " x\n y\n"u8);
        Assert.Same(document.GetSection(1), changed.GetSection(1));
        Assert.Same(document.GetSection(3), changed.GetSection(3));
        Assert.Equal(document.LineCount + 1, changed.LineCount);
        Assert.Equal(new SectionPosition(45, 10), changed.GetPosition(3));
        Assert.Equal(Three, document.ToString());
    }

    [Theory]
    [InlineData(0, 0, 0, "x\n", "x\nglobal\nbackend a\n b\n# c\nlisten d\n")]
    [InlineData(1, 2, 0, "x", "global\nbackend a\n b\nx# c\nlisten d\n")]
    [InlineData(1, 0, 1, "", "global\n b\n# c\nlisten d\n")]
    [InlineData(1, 1, 1, "", "global\nbackend a\n# c\nlisten d\n")]
    [InlineData(1, 1, 0, "peers p\n q\n", "global\nbackend a\npeers p\n q\n b\n# c\nlisten d\n")]
    [InlineData(2, 2, 0, "end", "global\nbackend a\n b\n# c\nlisten d\nend")]
    [InlineData(3, 0, 0, "end\n", "global\nbackend a\n b\n# c\nlisten d\nend\n")]
    public void ReplaceLines_changes_the_lines_named_and_no_others(int ordinal, int first, int count, string text, string expected) => Assert.Equal(
        expected,
        ConfigDocument.Parse("global\nbackend a\n b\n# c\nlisten d\n").ReplaceLines(ordinal, first, count, System.Text.Encoding.UTF8.GetBytes(text)).ToString());

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(0, 0, 2)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, -1)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 1, int.MaxValue)]
    public void ReplaceLines_refuses_lines_that_are_not_there(int ordinal, int first, int count) => Assert.Throws<ArgumentOutOfRangeException>(
        () => ConfigDocument.Parse("global\nbackend a\n").ReplaceLines(ordinal, first, count, "x\n"u8));

    [Theory]
    [InlineData("backend a\nbackend b\n# c\nbackend d\n", 0, 1, "#")]
    [InlineData("# c\nglobal", 1, 0, "x")]
    [InlineData("backend a\n# c\nglobal", 2, 0, "x")]
    [InlineData("backend a\n\n# c\nbackend b\n", 0, 1, "# d\n")]
    public void ReplaceLines_that_joins_lines_moves_the_comments_to_where_they_belong(string before, int ordinal, int first, string text)
    {
        var changed = ConfigDocument.Parse(before).ReplaceLines(ordinal, first, 0, System.Text.Encoding.UTF8.GetBytes(text));
        var parsed = ConfigDocument.Parse(changed.ToBytes());
        Assert.Equal(parsed.Sections.Select(Describe), changed.Sections.Select(Describe));
    }

    [Fact]
    public void RemoveSection_takes_its_comments_along()
    {
        Assert.Equal("# head\n\nglobal\n a\nlisten l\n d", ConfigDocument.Parse(Three).RemoveSection(2).ToString());
        Assert.Equal("", ConfigDocument.Parse("global\n").RemoveSection(0).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfigDocument.Empty.RemoveSection(0));
    }

    [Fact]
    public void WithPath_shares_everything()
    {
        var document = ConfigDocument.Parse(Three, "a");
        var named = document.WithPath("b");
        Assert.Equal(("a", "b"), (document.Path, named.Path));
        Assert.Same(document.GetSection(1), named.GetSection(1));
    }

    private static (SectionKind Kind, int Header, string Text) Describe(SectionSyntax section) =>
        (section.Kind, section.HeaderLine, section.ToString());
}
