using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class SectionSyntaxTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "None(1)")]
    [InlineData("# a\n", "None(1)")]
    [InlineData("global\n", "Global(1)")]
    [InlineData("global", "Global(1)")]
    [InlineData("x\nglobal\n y\n", "None(1) Global(2)")]
    [InlineData("global\n a\n\nbackend b\n c\n\n", "Global(3) Backend(3)")]
    [InlineData("global\r\n a\r\nbackend b\r\n", "Global(2) Backend(1)")]
    [InlineData("  global\n\tbackend b\n", "Global(1) Backend(1)")]
    [InlineData("backend a\nbackend a\n", "Backend(1) Backend(1)")]
    [InlineData("global\rbackend a\n", "Global(1)")]
    [InlineData("\"global\"\nback\\x65nd b\n", "Global(1) Backend(1)")]
    [InlineData("\"\" global\n#backend b\n", "None(2)")]
    [InlineData("Global\nBACKEND b\n", "None(2)")]
    [InlineData("[a]\nspoe-agent x\n[b]\nspoe-message y\n", "None(1) SpoeAgent(2) SpoeMessage(1)")]

    // Comments directly above a header, unindented and without a blank line between, belong to it.
    [InlineData("# a\nglobal\n", "Global(2)")]
    [InlineData("# a\n# b\nglobal\n# c\nbackend d\n", "Global(3) Backend(2)")]
    [InlineData("# a\n\n# b\nglobal\n", "None(2) Global(2)")]
    [InlineData("# a\n\nglobal\n", "None(2) Global(1)")]
    [InlineData(" # a\nglobal\n", "None(1) Global(1)")]
    [InlineData("# a\n # b\n# c\nglobal\n", "None(2) Global(2)")]
    [InlineData("global\n# a\n# b\n", "Global(3)")]
    [InlineData("global\n x\n# a\nbackend b\n", "Global(2) Backend(2)")]

    // Conditions do not hide headers, and belong to the section that they follow.
    [InlineData(".if 1\nbackend a\n.else\nbackend a\n.endif\n", "None(1) Backend(2) Backend(2)")]
    public void Sections_begin_at_their_comments_and_end_at_the_next(string text, string sections) =>
        Assert.Equal(sections, string.Join(' ', ConfigDocument.Parse(Latin1.Bytes(text)).Sections.Select(s => $"{s.Kind}({s.LineCount})")));

    [Theory]
    [InlineData("backend a b", "a")]
    [InlineData("backend \"a\\x62\"", "ab")]
    [InlineData("backend a\\x00b", "a")]
    [InlineData("backend", "")]
    [InlineData("backend # a", "")]
    [InlineData("global", "")]
    [InlineData("defaults", "")]
    [InlineData("defaults d", "d")]
    [InlineData("defaults d from e", "d")]
    [InlineData("defaults from e", "")]
    [InlineData("backend from from d", "from")]
    [InlineData("listen web :80", "web")]
    [InlineData("# x\n# y\nlisten web :80", "web")]
    [InlineData("backend \"$A\"", "$A")]
    [InlineData("x", "")]
    public void Name_is_the_second_word_decoded(string text, string name) =>
        Assert.Equal(name, ConfigDocument.Parse(text).GetSection(0).Name);

    [Fact]
    public void HeaderLine_is_counted_from_the_first_comment()
    {
        var document = ConfigDocument.Parse("x\n# a\n# b\nbackend c\n d\n");
        Assert.Equal(-1, document.GetSection(0).HeaderLine);
        Assert.Equal(2, document.GetSection(1).HeaderLine);
        Assert.Equal("backend c", document.GetSection(1)[2].ToString());
    }

    [Fact]
    public void Indexer_and_OffsetOfLine_refuse_what_is_not_there()
    {
        var section = ConfigDocument.Parse("global\n x\n").GetSection(0);
        Assert.Equal(10, section.OffsetOfLine(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => section[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => section[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => section.OffsetOfLine(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => section.OffsetOfLine(-1));
    }

    [Fact]
    public void KindOf_knows_every_keyword_and_no_other_word()
    {
        foreach (var kind in Enum.GetValues<SectionKind>().Where(kind => kind != SectionKind.None))
        {
            Assert.Equal(kind, SectionKeywords.KindOf(Latin1.Bytes(SectionKeywords.KeywordOf(kind))));
        }

        foreach (var word in new[] { "", "g", "globals", "Global", "log", "\u00ff", "spoe" })
        {
            Assert.Equal(SectionKind.None, SectionKeywords.KindOf(Latin1.Bytes(word)));
        }

        Assert.Equal("", SectionKeywords.KeywordOf(SectionKind.None));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.B:c_d-9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("caf\u00e9", false)]
    public void IsName_is_what_HAProxy_takes(string? name, bool isName)
    {
        Assert.Equal(isName, NameRules.IsName(name));
        Assert.Equal(isName, NameRules.IsName(System.Text.Encoding.UTF8.GetBytes(name ?? "")));
    }
}
