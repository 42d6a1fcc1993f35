using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class CorpusTests
{
    public static TheoryData<string> Names { get; } = [.. CorpusFiles.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_in_are_bytes_out(string name)
    {
        foreach (var file in CorpusFiles.All.Where(file => file.Name == name))
        {
            var bytes = file.Bytes.ToArray();
            var document = ConfigDocument.Parse(bytes, file.Path);
            Assert.Equal(bytes, document.ToBytes());
            Assert.Equal(bytes, document.Sections.SelectMany(s => s.Lines).SelectMany(l => l.Bytes.ToArray()));
            Assert.Equal(bytes, ConfigDocument.Load(file.Path).ToBytes());
            Assert.All(document.Diagnose(), found => Assert.NotEmpty(found.Render()));
        }
    }

    [Fact]
    public void Findings_in_a_broken_file_are_all_told()
    {
        var found = Parse("broken.cfg").Diagnose();
        Assert.Equal(
            [
                "1 HK2001", "3 HK1001", "4 HK1002", "5 HK1004", "6 HK1003", "6 HK1001", "7 HK2006", "8 HK2006",
                "10 HK2003", "11 HK2004", "12 HK2008", "13 HK1009",
            ],
            found.Select(d => $"{d.Location!.Line} {d.Id}"));
    }

    [Theory]
    [InlineData("nul.cfg", "2 HK1006", "3 HK1006")]
    [InlineData("bom.cfg", "1 HK1010", "1 HK2001", "2 HK2001")]
    [InlineData("words-64.cfg", "4 HK1005")]
    [InlineData("no-final-newline.cfg", "6 HK1007")]
    [InlineData("carriage-returns.cfg", "1 HK1008", "3 HK1008")]
    [InlineData("plain.cfg")]
    [InlineData("crlf.cfg")]
    [InlineData("mixed-endings.cfg")]
    [InlineData("tabs.cfg")]
    [InlineData("conditions.cfg")]
    [InlineData("spoe.cfg")]
    [InlineData("quotes.cfg")]
    [InlineData("variables.cfg")]
    [InlineData("invalid-utf8.cfg")]
    [InlineData("comments.cfg")]
    [InlineData("long-line.cfg")]
    [InlineData("empty.cfg")]
    [InlineData("blank.cfg")]
    public void Findings_are_what_the_file_was_written_for(string name, params string[] findings) =>
        Assert.Equal(findings, Parse(name).Diagnose().Select(d => $"{d.Location!.Line} {d.Id}"));

    private static ConfigDocument Parse(string name) =>
        ConfigDocument.Parse(CorpusFiles.All.First(file => file.Name == name).Bytes.Span, name);
}
