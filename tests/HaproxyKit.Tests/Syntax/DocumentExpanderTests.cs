using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class DocumentExpanderTests
{
    [Theory]
    [MemberData(nameof(LexicalExamples.Expanded), MemberType = typeof(LexicalExamples))]
    public void Expand_reads_variables_as_HAProxy_does(string line, string words)
    {
        var document = ConfigDocument.Parse(Latin1.Bytes(line + "\n"), "f.cfg");
        var environment = ConfigEnvironment.From(LexicalExamples.Environment);
        Assert.Equal(words, Latin1.Join(Assert.Single(document.Expand(environment)).Words));
    }

    [Fact]
    public void Expand_gives_the_lines_that_have_words()
    {
        var lines = ConfigDocument.Parse("# a\nglobal # b\n\n x y\n[c]\n.if 1\n \"\" d\n").Expand(ConfigEnvironment.Empty).ToList();
        Assert.Equal([2, 4, 6, 7], lines.Select(l => l.Line));
        Assert.Equal([LineKind.Section, LineKind.Directive, LineKind.Dot, LineKind.Ignored], lines.Select(l => l.Kind));
    }

    [Theory]
    [InlineData("setenv A 1\nx \"$A\"", "1")]
    [InlineData("presetenv A 1\nx \"$A\"", "old")]
    [InlineData("presetenv B 1\nx \"$B\"", "1")]
    [InlineData("unsetenv A C\nx \"${A-none}${C-none}\"", "nonenone")]
    [InlineData("resetenv A\nx \"$A${C-none}\"", "oldnone")]
    [InlineData("resetenv\nx \"${A-none}\"", "none")]
    [InlineData("setenv A \"b $A\"\nx \"$A\"", "b old")]
    [InlineData("\"setenv\" A '1 2'\nx \"$A\"", "1 2")]
    [InlineData("setenv A\nx \"$A\"", "old")]
    public void Expand_follows_what_global_does_to_the_environment(string lines, string value)
    {
        var environment = ConfigEnvironment.From([new("A", "old"), new("C", "c")]);
        var read = ConfigDocument.Parse($"global\n{lines}\n").Expand(environment).Last();
        Assert.Equal($"x|{value}", Latin1.Join(read.Words));
    }

    [Fact]
    public void Expand_does_not_take_setenv_elsewhere_for_a_directive_of_global() =>
        Assert.Equal("x|", Latin1.Join(ConfigDocument.Parse("defaults\n setenv A 1\n x \"$A\"\n").Expand(ConfigEnvironment.Empty).Last().Words));

    [Theory]
    [InlineData("", "")]
    [InlineData("global\n", "global")]
    [InlineData("defaults\n", "defaults")]
    [InlineData("defaults from b\n", "from")]
    [InlineData("defaults c from b\n", "c")]
    [InlineData("frontend f\n", "f")]
    [InlineData("peers p q\n", "p")]
    public void Expand_knows_the_section_by_its_name(string header, string name) =>
        Assert.Equal($"x|[{name}]", Latin1.Join(ConfigDocument.Parse($"{header}x \"[$.SECTION]\"\n").Expand(ConfigEnvironment.Empty).Last().Words));

    [Fact]
    public void Expand_knows_the_file_and_the_line() => Assert.Equal(
        "x|a.cfg:3",
        Latin1.Join(ConfigDocument.Parse("\nglobal\nx \"$.FILE:${.LINE}\"\n", "a.cfg").Expand(ConfigEnvironment.Empty).Last().Words));

    [Fact]
    public void Expand_keeps_bytes_that_are_no_text() =>
        Assert.Equal("x|\u00ff\u00fe", Latin1.Join(ConfigDocument.Parse(Latin1.Bytes("x \"\u00ff\"\u00fe\n")).Expand(ConfigEnvironment.Empty).Single().Words));

    [Fact]
    public void Expand_refuses_null() => Assert.Throws<ArgumentNullException>(() => ConfigDocument.Empty.Expand(null!));
}
