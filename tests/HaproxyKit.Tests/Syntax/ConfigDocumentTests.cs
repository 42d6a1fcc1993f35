using System.Buffers;
using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

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
        var parsed = ConfigDocument.Parse("");
        Assert.Equal((0, 0, 0), (parsed.Length, parsed.LineCount, parsed.SectionCount));
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
    public void Parse_allocates_the_bytes_and_little_for_lines_and_sections_and_reading_words_nothing()
    {
        var pair = "frontend f\n    bind :80 name l\n    acl a hdr(host) -i app.example.com\n    http-request deny if !a { path /x }\n"
            + "    default_backend b\n\nbackend b\n    balance roundrobin\n    option forwardfor\n    server s1 192.0.2.1:8000 weight 10\n"
            + "    server s2 192.0.2.2:8000 weight 10 # backup\n    server \"s3\" 192.0.2.3:8000 weight 10\n\n";
        var text = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(pair, 1000)));
        var words = CountWords(ConfigDocument.Parse(text));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var document = ConfigDocument.Parse(text);
        var parsed = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(words, CountWords(document));
        var read = GC.GetAllocatedBytesForCurrentThread();

        var most = text.Length + (8 * document.LineCount) + (100 * document.SectionCount);
        Assert.InRange(parsed - before, text.Length, most);
        Assert.InRange(read - parsed, 0, 10_000);
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
    public void ReplaceLines_changes_the_lines_named_and_no_others(
        int ordinal, int first, int count, string text, string expected)
    {
        var document = ConfigDocument.Parse("global\nbackend a\n b\n# c\nlisten d\n");
        Assert.Equal(expected, document.ReplaceLines(ordinal, first, count, Latin1.Bytes(text)).ToString());
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(0, 0, 2)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, -1)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 1, int.MaxValue)]
    public void ReplaceLines_refuses_lines_that_are_not_there(int ordinal, int first, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfigDocument.Parse("global\nbackend a\n").ReplaceLines(ordinal, first, count, "x\n"u8));

    [Theory]
    [InlineData("backend a\nbackend b\n# c\nbackend d\n", 0, 1, "#")]
    [InlineData("# c\nglobal", 1, 0, "x")]
    [InlineData("backend a\n# c\nglobal", 2, 0, "x")]
    [InlineData("backend a\n\n# c\nbackend b\n", 0, 1, "# d\n")]
    public void ReplaceLines_that_joins_lines_moves_the_comments_to_where_they_belong(
        string before, int ordinal, int first, string text)
    {
        var changed = ConfigDocument.Parse(before).ReplaceLines(ordinal, first, 0, Latin1.Bytes(text));
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

    private static int CountWords(ConfigDocument document)
    {
        var count = 0;
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                foreach (var _ in section[i].Words)
                {
                    count++;
                }
            }
        }

        return count;
    }

    private static (SectionKind Kind, int Header, string Text) Describe(SectionSyntax section) =>
        (section.Kind, section.HeaderLine, section.ToString());
}
