using System.Buffers;
using System.Text;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

public sealed class ConfigDocumentProperties
{
    private static readonly ConfigEnvironment SomeVariables =
        ConfigEnvironment.From([new("A", "x y"), new("B", ""), new("V", " v\t")]);

    [Fact]
    public void Any_bytes_in_are_the_same_bytes_out() => Laws.Check(HostileText.Bytes, PrintsItself, 2_000);

    [Fact]
    public void Hostile_lines_in_are_the_same_bytes_out() => Laws.Check(HostileText.Lines, PrintsItself, 3_000);

    [Fact]
    public void Any_text_in_is_the_same_text_out() => Laws.Check(
        HostileText.Lines,
        bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.Equal(text, ConfigDocument.Parse(text).ToString());
        });

    [Fact]
    public void Nothing_in_any_bytes_throws() => Laws.Check(HostileText.Bytes, ReadEverything);

    [Fact]
    public void Nothing_in_hostile_lines_throws() => Laws.Check(HostileText.Lines, ReadEverything, 3_000);

    [Fact]
    public void Sections_and_their_lines_tile_the_text() => Laws.Check(HostileText.Lines, Tiles, 2_000);

    [Fact]
    public void Sections_with_comments_and_their_lines_tile_the_text() => Laws.Check(SectionedText.Texts, Tiles, 2_000);

    [Fact]
    public void Findings_lie_in_the_line_that_they_name() => Laws.Check(
        HostileText.Lines,
        bytes =>
        {
            var document = ConfigDocument.Parse(bytes);
            var lines = document.Sections.SelectMany(section => section.Lines).ToList();
            foreach (var found in document.Diagnose())
            {
                var location = found.Location!;
                var line = lines[location.Line - 1];
                Assert.Equal(line.Content.ToArray(), location.LineText.ToArray());
                var start = lines.Take(location.Line - 1).Sum(l => l.Bytes.Length);
                Assert.Equal(start + location.Column - 1, found.Span.Start);
                Assert.InRange(found.Span.End, start, start + line.Bytes.Length);
            }
        },
        2_000);

    [Fact]
    public void A_section_begins_where_its_header_or_the_comments_above_it_do() => Laws.Check(
        SectionedText.Texts,
        bytes =>
        {
            foreach (var (section, i) in ConfigDocument.Parse(bytes).Sections.Select((s, i) => (s, i)))
            {
                Assert.Equal(section.Kind == SectionKind.None, section.HeaderLine < 0);
                Assert.True(i == 0 || section.Kind != SectionKind.None);
                for (var line = 0; line < section.LineCount; line++)
                {
                    Assert.Equal(line == section.HeaderLine, section[line].Kind == LineKind.Section);
                    Assert.True(line >= section.HeaderLine || section[line].Bytes.Span[0] == '#');
                }
            }
        },
        2_000);

    private static void PrintsItself(byte[] bytes)
    {
        var document = ConfigDocument.Parse(bytes);
        var stream = new MemoryStream();
        var buffer = new ArrayBufferWriter<byte>();
        document.WriteTo(stream);
        document.WriteTo(buffer);
        Assert.Equal(bytes, document.ToBytes());
        Assert.Equal(bytes, stream.ToArray());
        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
        Assert.Equal(bytes.Length, document.Length);
    }

    private static void ReadEverything(byte[] bytes)
    {
        var document = ConfigDocument.Parse(bytes, "f.cfg");
        foreach (var found in document.Diagnose())
        {
            Assert.NotEmpty(found.Render());
        }

        Assert.All(document.Expand(ConfigEnvironment.Empty), line => Assert.NotEmpty(line.Words));
        Assert.All(document.Expand(SomeVariables), line => Assert.NotEmpty(line.Words));
        foreach (var section in document.Sections)
        {
            Assert.Contains(section, document.FindSections(section.Kind, section.Name).Select(document.GetSection));
            foreach (var line in section.Lines)
            {
                ReadEverything(line);
            }
        }
    }

    private static void ReadEverything(ConfigLine line)
    {
        Assert.True(Enum.IsDefined(line.Kind));
        Assert.NotNull(line.ToString());
        foreach (var word in line.Words)
        {
            Assert.True(word.Is(word.ToBytes()));
            Assert.NotNull(word.ToString());
        }
    }

    private static void Tiles(byte[] bytes)
    {
        var document = ConfigDocument.Parse(bytes);
        var sections = document.Sections.ToList();
        Assert.Equal(document.SectionCount, sections.Count);
        Assert.Equal(document.LineCount, sections.Sum(s => s.LineCount));
        var (offset, line) = (0, 1);
        for (var i = 0; i < sections.Count; i++)
        {
            Assert.Equal(new SectionPosition(offset, line), document.GetPosition(i));
            Assert.Same(sections[i], document.GetSection(i));
            var inSection = 0;
            for (var k = 0; k < sections[i].LineCount; k++)
            {
                var text = sections[i][k].Bytes;
                Assert.Equal(inSection, sections[i].OffsetOfLine(k));
                Assert.Equal(bytes.AsSpan(offset + inSection, text.Length), text.Span);
                var feed = text.Span.IndexOf((byte)'\n');
                Assert.True(feed == text.Length - 1 || (feed < 0 && offset + inSection + text.Length == bytes.Length));
                inSection += text.Length;
            }

            Assert.Equal(sections[i].Length, inSection);
            offset += inSection;
            line += sections[i].LineCount;
        }

        Assert.Equal(bytes.Length, offset);
    }
}
