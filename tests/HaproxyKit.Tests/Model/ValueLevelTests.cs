using System.Net.Sockets;
using System.Text;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

/// <summary>
/// Values that are written into the holes of rules are what HAProxy reads: as literals of log formats, arguments of sample expressions,
/// patterns, keys of maps, addresses; or they are refused.
/// </summary>
public sealed class ValueLevelTests
{
    private const int Generated = 60;

    /// <summary>The ways in which a value reaches a client, each with what the rule says of value <c>v</c> for a path.</summary>
    private static readonly (string Name, Func<string, string, RuleText> Rule, bool IsAsked)[] Ways =
    [
        ("log format", (path, v) => $"return status 200 content-type text/plain lf-string {v} if {{ path {path} }}", false),
        ("part of a log format", (path, v) => $"return status 200 content-type text/plain lf-string {v}%[str()]{v} if {{ path {path} }}", false),
        ("text", (path, v) => $"return status 200 content-type text/plain string {v} if {{ path {path} }}", false),
        ("sample argument", (path, v) => $"return status 200 content-type text/plain lf-string %[str({v})] if {{ path {path} }}", false),
        ("sample argument of a converter", (path, v) => $"return status 200 content-type text/plain lf-string %[str(a),concat({v})] if {{ path {path} }}", false),
        ("pattern", (path, v) => $"return status 200 content-type text/plain string yes if {{ path {path} }} {{ req.fhdr(X-V) -m str {v} }}", true),
        ("pattern behind --", (path, v) => $"return status 200 content-type text/plain string yes if {{ path {path} }} {{ req.fhdr(X-V) -m str -- {v} }}", true),
        ("regular expression", (path, v) => $"return status 200 content-type text/plain string yes if {{ path {path} }} {{ req.fhdr(X-V) -m reg ^{v}$ }}", true),
        ("map key", (path, v) => $"set-map(virtual.map) {v} yes if {{ path {path} }}", true),
    ];

    public static TheoryData<string> Branches => [.. HaproxyPrograms.Available().Select(found => found.Branch)];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Any_value_in_a_hole_is_read_by_HAProxy_as_that_value(string branch)
    {
        var program = HaproxyPrograms.Available().Single(found => found.Branch == branch).Program;
        var port = Ports.Take();
        var config = HaproxyConfig.Parse(HaproxyInstance.Global.Replace("maxconn 200", "maxconn 200\n  setenv X evil"));
        config.Defaults.Add(d => (d.Mode, d.Timeouts.Client, d.Timeouts.Connect, d.Timeouts.Server) = (ProxyMode.Http, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var web = config.Frontends.Add("web", f => f.Binds.Add(new Address("127.0.0.1", port)));
        var tries = new List<(string Way, bool IsAsked, string Path, string Value)>();
        var refused = new List<(string Way, string Value)>();
        var values = Values();
        foreach (var (way, rule, isAsked) in Ways)
        {
            foreach (var value in values.Where(value => !isAsked || value.Trim() == value))
            {
                var path = $"/{tries.Count}";
                try
                {
                    web.HttpRequests.Add(rule(path, value));
                    tries.Add((way, isAsked, path, value));
                }
                catch (ArgumentException)
                {
                    refused.Add((way, value));
                }
            }
        }

        // A pattern cannot be what closes its braces, nor without '--' begin like a flag or a converter; nothing else is refused.
        Assert.All(refused, r => Assert.True(
            r.Value == "}" || (r.Way == "pattern" && AclPatternText.DescribeRefusal(Encoding.UTF8.GetBytes(r.Value), AclPatternSlot.InBraces) is not null), $"{r}"));
        web.HttpRequests.Add($"return status 200 content-type text/plain lf-string %[req.fhdr(X-V),map(virtual.map,no)]");
        using var folder = new TemporaryFolder();
        await using var haproxy = await HaproxyInstance.StartAsync(config.ToString().Replace("virtual.map", folder.Write("virtual.map", "")), program);
        foreach (var (way, isAsked, path, value) in tries)
        {
            var answer = await AskAsync(port, path, value);
            var expected = isAsked ? "yes" : way.StartsWith("part", StringComparison.Ordinal) ? value + value : way.EndsWith("converter", StringComparison.Ordinal) ? "a" + value : value;
            Assert.True(answer == expected, $"{branch}, {way}, {value}: {answer}");
            if (isAsked && way != "map key")
            {
                Assert.NotEqual("yes", await AskAsync(port, path, value + "x"));
            }
        }

        Assert.Equal("no", await AskAsync(port, "/none", "never a key"));
    }

    [Fact]
    public async Task Addresses_in_holes_are_where_HAProxy_connects()
    {
        await using var node = StandInNode.Start("node", "127.0.0.7");
        var port = Ports.Take();
        var config = HaproxyConfig.Parse(HaproxyInstance.Global + "\n  setenv X 10.255.255.1:1\n");
        config.Defaults.Add(d => (d.Mode, d.Timeouts.Client, d.Timeouts.Connect, d.Timeouts.Server) = (ProxyMode.Http, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var listen = config.Listens.Add("l");
        foreach (var hostile in new[] { "${X}127.0.0.1:80", "$X", "127.0.0.1:80,127.0.0.2:80", "a b", "", "127.0.0.1:80 check", "x\nserver evil 1.2.3.4:80" })
        {
            Assert.ThrowsAny<ArgumentException>(() => listen.Servers.Add($"s1 {hostile}"));
            Assert.ThrowsAny<ArgumentException>(() => listen.Servers.Add($"s1 {hostile}:80"));
            Assert.ThrowsAny<ArgumentException>(() => listen.Binds.Add($"{hostile}"));
        }

        listen.Binds.Add($"{"127.0.0.1"}:{port}");
        listen.Servers.Add($"s1 {"127.0.0.7"}:{node.Port}");
        listen.Servers.Add($"s2 {new Address("127.0.0.7", node.Port)} weight {0}");
        await using var haproxy = await HaproxyInstance.StartAsync(config.ToString());
        await HttpProbe.ReachesAsync(port, "node");
    }

    private static List<string> Values() =>
    [
        .. HostileValues.Examples.Concat(["100%x", "100%[env(HOME)]", "${X}", "$X", "%%", "%", "a,b)c(d", "'", "\"", "\\", "\\1", "]", "%[src]", "a]b", "(?i)a.b*", "^$", "a|b", "or", "if", "-f", "-i", "{", "}", "a  b"])
            .Concat(HostileValues.Writable.Generator.Sample(Generated))
            .Where(value => HaproxyKit.Syntax.WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null && !value.Any(char.IsSurrogate))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The body of the answer to one request, with a value in the header X-V.</summary>
    private static async Task<string> AskAsync(int port, string path, string value)
    {
        using var limit = new CancellationTokenSource(HttpProbe.Timeout);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {path} HTTP/1.0\r\nX-V: {value}\r\n\r\n"), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(limit.Token);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }
}
