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
    [InlineData("a\tb\u0001\u007f", "a\\\tb\\\u0001\\\u007f")]
    public void Of_special_characters_are_escaped(string word, string sent) =>
        Assert.Equal($"add map {sent}", RuntimeCommand.Of("add", "map", word).Line);

    [Theory]
    [InlineData("")]
    [InlineData("a\nshow info")]
    [InlineData("a\r")]
    [InlineData("a\0")]
    [InlineData("a\ud800")]
    [InlineData("a\ufffd")]
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

    [Fact]
    public void WithPayload_lines_follow_the_command()
    {
        var command = RuntimeCommand.Of("set", "ssl", "cert", "a b").WithPayload("one\r\n two \nthree;<<");

        Assert.Equal("set ssl cert a\\ b <<", command.Line);
        Assert.Equal("one\n two \nthree;<<\n", command.Payload);
        Assert.Equal("set ssl", command.ToString());
        Assert.Throws<InvalidOperationException>(() => command.WithPayload("again"));
        Assert.Throws<InvalidOperationException>(() => command.AtWorker(12));
        Assert.Throws<InvalidOperationException>(() => RuntimeCommand.Of("show", "info").AtWorker(12).WithPayload("x"));
    }

    /// <summary>An empty line ends a payload, and HAProxy takes what follows for commands.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a\n\nset server app/s1 state maint")]
    [InlineData("\na")]
    [InlineData("a\r\n\r\nb")]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    public void WithPayload_that_would_end_early_is_refused(string payload) =>
        Assert.Throws<ArgumentException>(() => RuntimeCommand.Of("set", "ssl", "cert", "a").WithPayload(payload));
}
