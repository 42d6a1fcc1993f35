using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeCommandTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a b", "a\\ b")]
    [InlineData("a;show info", "a\\;show\\ info")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("a<<", "a\\<\\<")]
    [InlineData("\"quoted\" 'too' #", "\"quoted\"\\ 'too'\\ #")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    public void Of_special_characters_are_escaped(string word, string sent) =>
        Assert.Equal($"add map {sent}", RuntimeCommand.Of("add", "map", word).Line);

    [Theory]
    [InlineData("")]
    [InlineData("a\nshow info")]
    [InlineData("a\r")]
    [InlineData("a\0")]
    [InlineData("a\tb")]
    [InlineData("a\u0085")]
    [InlineData("a\u007f")]
    [InlineData("a\ud800")]
    public void Of_word_that_cannot_be_said_is_refused(string word)
    {
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of("add", "map", word));
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of(word));
    }

    [Fact]
    public void Of_nothing_or_another_process_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of());
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of("@1", "show", "info"));
    }

    [Fact]
    public void Of_line_longer_than_the_oldest_HAProxy_reads_is_refused()
    {
        Assert.Equal(RuntimeCommand.MaxLineBytes, RuntimeCommand.Of("get", "map", new string('x', 14_992)).Line.Length);
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of("get", "map", new string('x', 14_993)));
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of("get", "map", new string(';', 7_497)));
    }

    [Fact]
    public void ToString_shows_no_value() =>
        Assert.Equal("set server", RuntimeCommand.Of("set", "server", "b/s", "addr", "192.0.2.1").ToString());

    [Fact]
    public void AtWorker_goes_by_way_of_the_master_once()
    {
        var command = RuntimeCommand.Of("show", "info").AtWorker(123);

        Assert.Equal("@!123 show info", command.Line);
        Assert.Throws<InvalidOperationException>(() => command.AtWorker(123));
    }
}
