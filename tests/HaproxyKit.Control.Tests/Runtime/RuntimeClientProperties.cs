using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;
using Assert = Xunit.Assert;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientProperties
{
    private static readonly Arbitrary<string> Words = Arb.From(
        Gen.Frequency(
                (5, Gen.Elements(" ", "\t", ";", "\\", "\n", "\r\n", "\0", "<<", "@1", "@!1 ", "#", "#0x1", "*", "/", "\"", "'", "\ud800", "\u2028", "\u0085")),
                (2, Gen.Elements("a", "app", "; shutdown frontend web", "\nset server a/b state maint\n", "-----BEGIN X-----\n", "\n\nset server a/b state maint")),
                (1, Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString())))
            .ListOf()
            .Select(pieces => string.Concat(pieces)),
        word => ArbMap.Default.ArbFor<string>().Shrinker(word).Where(w => w is not null));

    /// <summary>Every command that takes texts, with its words but for those texts.</summary>
    private static readonly (string Start, Func<RuntimeClient, string, string, Task> Call)[] Commands =
    [
        ("set server", (c, a, b) => c.SetServerAddressAsync(a, b, IPAddress.Loopback, 80, markUp: false)),
        ("set server", (c, a, b) => c.SetServerModeAsync(a, b, ServerMode.Drain)),
        ("set server", (c, a, b) => c.SetServerWeightAsync(a, b, 1)),
        ("set server", (c, a, b) => c.SetServerAgentTextAsync("app", a, b)),
        ("set maxconn", (c, a, b) => c.SetServerMaxConnectionsAsync(a, b, 1)),
        ("add server", (c, a, b) => c.AddServerAsync("app", a, IPAddress.Loopback, 80, ["check", b])),
        ("del server", (c, a, b) => c.DeleteServerAsync(a, b)),
        ("enable health", (c, a, b) => c.EnableHealthAsync(a, b)),
        ("shutdown sessions", (c, a, b) => c.ShutdownServerSessionsAsync(a, b)),
        ("disable frontend", (c, a, _) => c.DisableFrontendAsync(a)),
        ("set maxconn", (c, a, _) => c.SetFrontendMaxConnectionsAsync(a, 1)),
        ("show servers", (c, a, _) => c.ShowServersStateAsync(a)),
        ("show table", (c, a, _) => c.ShowTableAsync(a)),
        ("add map", (c, a, b) => c.AddMapEntryAsync("/m", a, b)),
        ("add map", (c, a, b) => c.AddMapEntryAsync(a, "k", b, 1)),
        ("set map", (c, a, b) => c.SetMapEntryAsync(a, b, "v")),
        ("del map", (c, a, b) => c.DeleteMapEntryAsync(a, b)),
        ("add acl", (c, a, b) => c.AddAclPatternAsync(a, b)),
        ("new ssl", (c, a, _) => c.NewCertificateAsync(a)),
        ("commit ssl", (c, a, _) => c.CommitCertificateAsync(a)),
        ("show ssl", (c, a, _) => c.ShowCertificateAsync(a)),
    ];

    /// <summary>
    /// Whatever words a caller gives, one line with one command gets out, which is the one that was meant, or nothing at all.
    /// </summary>
    [Fact]
    public async Task A_hostile_word_never_makes_another_command()
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");
        var client = fake.Client();
        var seen = 0;

        Laws.Check(Prop.ForAll(Words, Words, (a, b) =>
        {
            foreach (var (start, call) in Commands)
            {
                var refused = Record.Exception(() => Wait(call(client, a, b))) is ArgumentException;
                var sent = fake.Lines.Skip(seen).ToArray();
                seen += sent.Length;
                Assert.Equal(refused ? 0 : 1, sent.Length);
                if (!refused)
                    AssertOneCommand(start, a, sent[0]);
            }
        }), cases: 300);
    }

    /// <summary>A payload never ends before its last line, which is the empty one behind it.</summary>
    [Fact]
    public async Task A_hostile_payload_never_ends_early()
    {
        await using var fake = FakeRuntimeSocket.Answering("Permission denied\n\n");
        var client = fake.Client();
        var seen = 0;

        Laws.Check(Words, word =>
        {
            var refused = Record.Exception(() => Wait(client.SetCertificateAsync("/a.pem", "-----BEGIN X-----\n" + word))) is ArgumentException;
            var sent = fake.Lines.Skip(seen).ToArray();
            seen += sent.Length;
            Assert.Equal(refused ? 0 : 1, sent.Length);
            if (!refused)
            {
                Assert.StartsWith("set ssl cert /a.pem <<\n-----BEGIN X-----", sent[0]);
                Assert.Equal(sent[0].Length - 2, sent[0].IndexOf("\n\n", StringComparison.Ordinal));
                Assert.DoesNotContain('\0', sent[0]);
            }
        }, cases: 1_000);
    }

    private static void AssertOneCommand(string start, string word, string sent)
    {
        Assert.Equal(sent.Length - 1, sent.AsSpan().IndexOfAny('\n', '\r', '\0'));
        var words = Assert.Single(RuntimeCommandProperties.ReadAsHaproxyDoes(sent[..^1]));
        Assert.Equal(start, $"{words[0]} {words[1]}");
        Assert.DoesNotContain("", words);
        Assert.Contains(words, w => w.Contains(word, StringComparison.Ordinal));
        Assert.True(Encoding.UTF8.GetByteCount(sent) <= RuntimeCommand.MaxLineBytes + 1);
    }

    private static void Wait(Task task) => task.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();
}
