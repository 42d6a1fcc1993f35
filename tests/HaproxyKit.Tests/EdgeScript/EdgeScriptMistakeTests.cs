using System.Globalization;
using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.EdgeScript;

namespace HaproxyKit.Tests.EdgeScript;

/// <summary>What a script says wrong, and what is said about it.</summary>
public sealed class EdgeScriptMistakeTests
{
    [Theory]
    [InlineData("lisen 443 as a to x port 80", "1:1 expected 'listen' but found 'lisen'", "did you mean 'listen'?")]
    [InlineData("LISTEN 443 as a to x port 80", "1:1 expected 'listen' but found 'LISTEN'", "did you mean 'listen'?")]
    [InlineData("stats on 127.0.0.1:8404 at /x", "1:1 expected 'listen' but found 'stats'", "'stats' is not supported yet")]
    [InlineData("haproxy {\n  listen 1 as a {\n}\n}\n", "1:1 expected 'listen' but found 'haproxy'", "'haproxy' is not supported yet")]
    [InlineData("}", "1:1 expected 'listen' but found '}'", null)]
    [InlineData("listen", "1:7 expected a port from 1 to 65535 but found the end of the script", null)]
    [InlineData("listen  # c\n", "1:7 expected a port from 1 to 65535 but found the end of the line", null)]
    [InlineData("listen as a", "1:8 expected a port from 1 to 65535 but found 'as'", null)]
    [InlineData("listen 443 is a", "1:12 expected 'as' but found 'is'", "did you mean 'as'?")]
    [InlineData("listen 443, 444 as a", "1:11 expected 'as' but found ','", null)]
    [InlineData("listen 443 as to phone-home port 1", "1:15 expected a name but found 'to'", null)]
    [InlineData("listen 443 as a", "1:16 expected 'to' or '{' but found the end of the script", null)]
    [InlineData("listen 443 as a\n{\n to x port 1\n}", "1:16 expected 'to' or '{' but found the end of the line|2:1 expected 'listen' but found '{'", null)]
    [InlineData("listen 443 as a sticky", "1:17 expected 'to' or '{' but found 'sticky'", "'sticky' is not supported yet")]
    [InlineData("listen 443 as a to", "1:19 expected 'phone-home' or an address but found the end of the script", null)]
    [InlineData("listen 443 as a to port 1", "1:20 expected 'phone-home' or an address but found 'port'", null)]
    [InlineData("listen 443 as a to x prot 1", "1:22 expected 'port' or ',' but found 'prot'", "did you mean 'port'?")]
    [InlineData("listen 443 as a to x, port 1", "1:23 expected an address but found 'port'", null)]
    [InlineData("listen 443 as a to x, phone-home port 1", "1:23 expected an address but found 'phone-home'", null)]
    [InlineData("listen 443 as a to x,, y port 1", "1:22 expected an address but found ','", null)]
    [InlineData("listen 443 as a to x,\n", "1:22 expected an address but found the end of the line", null)]
    [InlineData("listen 443 as a to phone-home, x port 1", "1:30 expected 'port' but found ','", null)]
    [InlineData("listen 443 as a to x port -1", "1:27 expected a port from 1 to 65535 but found '-1'", null)]
    [InlineData("listen 443 as a to x port 1 chekc", "1:29 expected 'check' or the end of the line but found 'chekc'", "did you mean 'check'?")]
    [InlineData("listen 443 as a to x port 1 sticky source for 30m", "1:29 expected 'check' or the end of the line but found 'sticky'", "'sticky' is not supported yet")]
    [InlineData("listen 443 as a to x port 1 {", "1:29 expected 'check' or the end of the line but found '{'|1:30 expected '}' but found the end of the script", null)]
    [InlineData("listen 443 as a to x port 1 check http get /readyz", "1:35 expected 'every', 'fall', 'rise' or the end of the line but found 'http'", "'http' is not supported yet")]
    [InlineData("listen 443 as a to x port 1 check every", "1:40 expected a time such as 2s but found the end of the script", null)]
    [InlineData("listen 443 as a to x port 1 check every fall 3", "1:41 expected a time such as 2s but found 'fall'", null)]
    [InlineData("listen 443 as a to x port 1 check fall three", "1:40 expected a count such as 3 but found 'three'", null)]
    [InlineData("listen 443 as a to x port 1 check fall 3, rise 2", "1:41 expected 'every', 'fall', 'rise' or the end of the line but found ','", null)]
    [InlineData("listen 443 as a { to x prot 1 }", "1:24 expected 'port' or ',' but found 'prot'", "did you mean 'port'?")]
    [InlineData("listen 443 as a { to x }", "1:24 expected 'port' or ',' but found '}'", null)]
    [InlineData("listen 443 as a {\n  to x port 1 check\n}", "2:15 expected the end of the line but found 'check'", null)]
    [InlineData("listen 443 as a {\n to x port 1\n lease 20m\n}", "3:2 expected 'to' or 'check' but found 'lease'", "'lease' is not supported yet")]
    [InlineData("listen 443 as a {\n to x port 1\n host y { to z port 2\n }\n}", "3:2 expected 'to' or 'check' but found 'host'", "'host' is not supported yet")]
    [InlineData("listen 443 as a { to x port 1 } check", "1:33 expected the end of the line but found 'check'", "a statement begins on a line of its own")]
    [InlineData("listen 443 as a {\n check\n}", "3:1 expected 'to' but found '}'", "say where connections go: to phone-home port 30443, or to 192.0.2.1, 192.0.2.2 port 30443")]
    [InlineData("listen 443 as a {}", "1:18 expected 'to' but found '}'", "say where connections go: to phone-home port 30443, or to 192.0.2.1, 192.0.2.2 port 30443")]
    [InlineData("listen 443 as a {\n to x port 1\nlisten 444 as b to x port 1", "3:1 expected '}' but found 'listen'", "the block that begins on line 1 is not closed")]
    [InlineData("listen 443 as a {\n to x port 1\n", "3:1 expected '}' but found the end of the script", "the block that begins on line 1 is not closed")]
    [InlineData("listen 443 as a to x port 1 }", "1:29 expected 'check' or the end of the line but found '}'", null)]
    [InlineData("listen\u00a0443 as a", "1:1 expected 'listen' but found 'listen\\u{A0}443'", null)]
    [InlineData("\"listen\" 443", "1:1 expected 'listen' but found '\"listen\"'", "did you mean 'listen'?")]
    public void Statement_not_understood_says_where_and_what_was_expected(string text, string expected, string? hint)
    {
        var found = EdgeScriptDocument.Parse(text, "edge.lb").Diagnostics;

        Assert.All(found, d => Assert.Equal((DiagnosticIds.EdgeScriptSyntax, DiagnosticSeverity.Error), (d.Id, d.Severity)));
        Assert.Equal(expected.Split('|'), found.Select(Told));
        Assert.Equal(hint, found[0].Hint);
        Assert.False(EdgeScriptDocument.Parse(text).Compile().IsSuccess);
    }

    [Theory]
    [InlineData("listen 0 as a to x port 1", "1:8 '0' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 65536 as a to x port 1", "1:8 '65536' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 0443 as a to x port 1", "1:8 '0443' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 99999999999999999999 as a to x port 1", "1:8 '99999999999999999999' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 20000-20999 as a to x port 1", "1:8 '20000-20999' is no port", "a range of ports is not supported yet")]
    [InlineData("listen 4a3 as a to x port 1", "1:8 '4a3' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 443 as a to x port 70000", "1:27 '70000' is no port: a port is a number from 1 to 65535, without leading zeros", null)]
    [InlineData("listen 443 as a/b to x port 1", "1:15 'a/b' is no name: a name is a letter or digit, then letters, digits, _ . and -, 63 at most", null)]
    [InlineData("listen 443 as -a to x port 1", "1:15 '-a' is no name: a name is a letter or digit, then letters, digits, _ . and -, 63 at most", null)]
    [InlineData("listen 443 as caf\u00e9 to x port 1", "1:15 'caf\u00e9' is no name: a name is a letter or digit, then letters, digits, _ . and -, 63 at most", null)]
    [InlineData("listen 443 as a:nodes to x port 1", "1:15 'a:nodes' is no name: a name is a letter or digit, then letters, digits, _ . and -, 63 at most", null)]
    [InlineData("listen 443 as a to 192.0.2.256 port 1", "1:20 '192.0.2.256' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to 127.1 port 1", "1:20 '127.1' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to 0x7f000001 port 1", "1:20 '0x7f000001' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to 192.000.2.1 port 1", "1:20 '192.000.2.1' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to 192.0.2.0/24 port 1", "1:20 '192.0.2.0/24' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "name each node by its own address; a network is not one")]
    [InlineData("listen 443 as a to 192.0.2.1:80 port 1", "1:20 '192.0.2.1:80' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "the port of the nodes is said once, behind 'port'")]
    [InlineData("listen 443 as a to [2001:db8::7]:80 port 1", "1:20 '[2001:db8::7]:80' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "the port of the nodes is said once, behind 'port'")]
    [InlineData("listen 443 as a to 2001:db8::7 port 1", "1:20 '2001:db8::7' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "write an IPv6 address in brackets: [2001:db8::7]")]
    [InlineData("listen 443 as a to [fe80::1%eth0] port 1", "1:20 '[fe80::1%eth0]' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to [[2001:db8::7]] port 1", "1:20 '[[2001:db8::7]]' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to [[2001:db8::7]:80] port 1", "1:20 '[[2001:db8::7]:80]' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "the port of the nodes is said once, behind 'port'")]
    [InlineData("listen 443 as a to [192.0.2.1] port 1", "1:20 '[192.0.2.1]' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to phonehome port 1", "1:20 'phonehome' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", "did you mean 'phone-home'?")]
    [InlineData("listen 443 as a to host..example port 1", "1:20 'host..example' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to ${HOST} port 1", "1:21 expected 'port' or ',' but found '{'", null)]
    [InlineData("listen 443 as a to $HOST port 1", "1:20 '$HOST' is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", null)]
    [InlineData("listen 443 as a to 0.0.0.0 port 1", "1:20 '0.0.0.0' is the address of no node", null)]
    [InlineData("listen 443 as a to [::] port 1", "1:20 '[::]' is the address of no node", null)]
    [InlineData("listen 443 as a to [::ffff:0.0.0.0] port 1", "1:20 '[::ffff:0.0.0.0]' is the address of no node", null)]
    [InlineData("listen 443 as a to x port 1 check every 2", "1:41 '2' has no unit", "write 2s for seconds or 2ms for milliseconds")]
    [InlineData("listen 443 as a to x port 1 check every 0s", "1:41 '0s' is no time: a time is a number and one of us, ms, s, m, h and d, in all at least 1ms, whole milliseconds, and at most 2147483647ms", null)]
    [InlineData("listen 443 as a to x port 1 check every 500us", "1:41 '500us' is no time: a time is a number and one of us, ms, s, m, h and d, in all at least 1ms, whole milliseconds, and at most 2147483647ms", null)]
    [InlineData("listen 443 as a to x port 1 check every 25d", "1:41 '25d' is no time: a time is a number and one of us, ms, s, m, h and d, in all at least 1ms, whole milliseconds, and at most 2147483647ms", null)]
    [InlineData("listen 443 as a to x port 1 check fall 0", "1:40 '0' is no count: a count is a number from 1 to 1000, without leading zeros", null)]
    [InlineData("listen 443 as a to x port 1 check rise 1001", "1:40 '1001' is no count: a count is a number from 1 to 1000, without leading zeros", null)]
    public void Value_out_of_range_says_what_is_allowed(string text, string expected, string? hint)
    {
        var script = EdgeScriptDocument.Parse(text, "edge.lb");

        var found = script.Diagnostics[0];
        Assert.Equal((expected, hint), (Told(found), found.Hint));
        Assert.Equal(expected.Contains("expected", StringComparison.Ordinal) ? DiagnosticIds.EdgeScriptSyntax : DiagnosticIds.EdgeScriptValue, found.Id);
        Assert.False(script.Compile().IsSuccess);
    }

    [Theory]
    [InlineData("listen 443 as a {\n to x port 1\n to y port 1\n}", "3:2 'to' is said twice")]
    [InlineData("listen 443 as a {\n check\n to x port 1\n check\n}", "4:2 'check' is said twice")]
    [InlineData("listen 443 as a to x port 1 check fall 1 every 1s fall 2", "1:51 'fall' is said twice")]
    public void The_same_said_twice_is_an_error(string text, string expected)
    {
        var found = Assert.Single(EdgeScriptDocument.Parse(text).Diagnostics);
        Assert.Equal((DiagnosticIds.EdgeScriptRepetition, expected), (found.Id, Told(found)));
    }

    [Fact]
    public void All_mistakes_of_a_script_are_told_at_once()
    {
        var script = EdgeScriptDocument.Parse(
            """
            listen 443 as traefik {
              to phone-home prot 30443
              check evry 2s
              sticky source
              to 192.0.2.300 port 1
            }
            listen 8443 as mosquitto to phone-home
            lisen 1883 as mqtt {
              to phone-home port
              check fall 0
            }
            listen 70000 as b/c to 10.0.0.1:80 port 0
            listen 80 as web to 192.0.2.1 port 80
            listen 80 as web to 192.0.2.2 port 80
            """,
            "edge.lb");

        Assert.Equal(
            [
                "2:17 HK4001", "3:9 HK4001", "4:3 HK4001", "5:6 HK4002", "7:39 HK4001", "8:1 HK4001", "9:21 HK4001", "10:14 HK4002",
                "12:8 HK4002", "12:17 HK4002", "12:24 HK4002", "12:41 HK4002", "14:8 HK4003", "14:14 HK4003",
            ],
            script.Compile().Diagnostics.Select(d => $"{d.Location!.Line}:{d.Location.Column} {d.Id}"));
        Assert.Equal(12, script.Diagnostics.Length);
        Assert.Equal([false, true, true, false, false, false], script.Statements.Select(s => s is UnreadStatement));
    }

    [Fact]
    public void A_forgotten_brace_spoils_no_other_statement()
    {
        var script = EdgeScriptDocument.Parse("listen 1 as a {\n to x port 1\n# of b\nlisten 2 as b {\n to x port 1\n}\nlisten 3 as c to x port 1");

        Assert.Single(script.Diagnostics);
        Assert.Equal(["a", "b", "c"], script.Statements.Cast<ListenStatement>().Select(s => s.Name.Text));
        Assert.Equal(["of b"], script.Statements[1].Comments.Select(c => c.Text));
    }

    [Fact]
    public void Render_shows_the_line_a_caret_and_a_hint()
    {
        var found = EdgeScriptDocument.Parse("# c\n\nlisten 443 as a to x prot 1\n", "edge.lb").Diagnostics;

        Assert.Equal(
            """
            edge.lb:3:22: error HK4001: expected 'port' or ',' but found 'prot'
              listen 443 as a to x prot 1
                                   ^~~~
              hint: did you mean 'port'?
            """,
            Assert.Single(found).Render());
    }

    [Fact]
    public void Found_word_is_shown_short_and_visible()
    {
        var found = EdgeScriptDocument.Parse($"\u0007\u202e\ufeff{new string('x', 100_000)}").Diagnostics;
        Assert.Equal($@"1:1 expected 'listen' but found '\u{{7}}\u{{202E}}\u{{FEFF}}{new string('x', 37)}...'", Told(Assert.Single(found)));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(64, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Blocks_nested_more_than_64_deep_are_not_read(int depth, bool isTooDeep)
    {
        var nested = new StringBuilder("listen 443 as a {\n");
        for (var i = 1; i < depth; i++)
        {
            nested.Append(CultureInfo.InvariantCulture, $"path /{i} {{\n");
        }

        nested.Insert(nested.Length, "}\n", depth).Append("listen 444 as b to x port 1 check");
        var script = EdgeScriptDocument.Parse(nested.ToString());

        // Only the first nested line is told: what its block may hold is not known.
        var found = Assert.Single(script.Diagnostics);
        Assert.Equal(
            isTooDeep
                ? (DiagnosticIds.EdgeScriptNesting, 65, "blocks are nested more than 64 deep; the statement is not read")
                : (DiagnosticIds.EdgeScriptSyntax, 2, "expected 'to' or 'check' but found 'path'"),
            (found.Id, found.Location!.Line, found.Message));
        Assert.Equal("b", Assert.IsType<ListenStatement>(script.Statements[^1]).Name.Text);
        Assert.Equal(2, script.Statements.Length);
    }

    private static string Told(Diagnostic diagnostic) =>
        string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Location!.Line}:{diagnostic.Location.Column} {diagnostic.Message}");
}
