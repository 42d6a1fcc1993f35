using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Addresses are refused where HAProxy refuses them.</summary>
[Collection("HAProxy's verdicts on expressions")]
public sealed class AddressRulesTests
{
    private const int Cases = 400;

    private static readonly Gen<string> Text =
        from prefix in Gen.Frequency(
            (8, Gen.Constant("")),
            (4, Gen.Elements("ipv4@", "ipv6@", "ip@", "tcp@", "tcp4@", "tcp6@", "stream+", "stream+ipv4@", "mptcp@", "mptcp4@", "foo@")),
            (1, Gen.Elements("udp@", "udp4@", "dgram+", "dgram+ipv4@", "unix@", "uxst@", "abns@", "uxdg@", "/", "fd@x", "sockpair@x", "@")))
        from host in Gen.Elements("", "*", "127.0.0.1", "0.0.0.0", "[::1]", "[::]", "::1", "::", "[127.0.0.1]", "127.1", "256.1.1.1", "1.2.3", "0", "[::1", "::1]", "localhost", "1.2.3.4.5", "[fe80::1%lo]", "a b")
        from port in Gen.Elements(":80", ":80", ":80", "", ":", ":0", ":65535", ":65536", ":80-89", ":89-80", ":80-", ":80-65536", ":+1", ":-1", ":8x", ":x", ":080", ":80-81-82", "80")
        from rest in Gen.Frequency((8, Gen.Constant("")), (1, Gen.Elements(",", ",:81", ",,:81", ",127.0.0.1")))
        select prefix + host + port + rest;

    public static TheoryData<string, AddressUse> Places => new(
        from branch in HaproxyPrograms.Branches from use in Enum.GetValues<AddressUse>() select (branch, use));

    [Theory]
    [MemberData(nameof(Places))]
    public void Address_is_refused_where_HAProxy_refuses_it(string branch, AddressUse use)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var texts = Text.Sample(Cases, 1).Where(text => IsJudged(text, use)).Distinct().ToList();
        var lines = texts.Select((text, i) => Line(use, i, text)).ToList();
        var verdicts = HaproxyVerdicts.Of(HaproxyPrograms.Of(branch), lines, section: SectionOf(use));
        // Whether a host resolves is asked when all lines are right.
        var wrong = texts.Zip(verdicts, (text, verdict) => (Text: text, HAProxy: verdict, Here: AddressRules.Check(Encoding.UTF8.GetBytes(text), use, version)))
            .Where(judged => (judged.HAProxy?.Contains("could not resolve", StringComparison.Ordinal) ?? true) == judged.Here.IsError)
            .Select(judged => $"{judged.Text}: {judged.HAProxy ?? "takes it"}; {judged.Here}");
        Assert.Empty(wrong);
        Assert.InRange(verdicts.Count(verdict => verdict is not null), 20, texts.Count - 20);
    }

    [Fact]
    public void Variable_is_not_judged() => Assert.False(AddressRules.Check("${ADDRESS}x"u8, AddressUse.Bind, HaproxyVersion.V3_2).IsError);

    [Theory]
    [InlineData("127.0.0.1", ExpressionErrorKind.MissingPort, 9)]
    [InlineData(":80,:0", ExpressionErrorKind.InvalidPort, 5)]
    [InlineData(":80,,:81", ExpressionErrorKind.MissingAddress, 4)]
    [InlineData("ipv6@127.0.0.1:80", ExpressionErrorKind.InvalidHost, 5)]
    [InlineData(":+80", ExpressionErrorKind.PortOffset, 1)]
    [InlineData("udp@:80", ExpressionErrorKind.DatagramAddress, 0)]
    [InlineData("fd@x", ExpressionErrorKind.InvalidDescriptor, 3)]
    public void Mistake_in_a_bind_is_told_with_its_place(string text, ExpressionErrorKind kind, int position) =>
        Assert.Equal(new ExpressionError(kind, position), AddressRules.Check(Encoding.UTF8.GetBytes(text), AddressUse.Bind, HaproxyVersion.V3_2));

    [Fact]
    public void Range_in_a_server_is_told_with_its_place() => Assert.Equal(
        new ExpressionError(ExpressionErrorKind.PortRange, 12), AddressRules.Check("127.0.0.1:80-89"u8, AddressUse.Server, HaproxyVersion.V3_2));

    [Fact]
    public void Right_address_is_judged_without_allocating()
    {
        ReadOnlyMemory<byte>[] texts = [.. new[] { "127.0.0.1:80", "[2001:db8::1]:443", "app.example.org:8080" }.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];
        var faults = 0;
        Judge();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Judge();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, faults);

        void Judge()
        {
            foreach (var text in texts)
            {
                faults += AddressRules.Check(text.Span, AddressUse.Bind, HaproxyVersion.V3_2).IsError ? 1 : 0;
                faults += AddressRules.Check(text.Span, AddressUse.Server, HaproxyVersion.V3_2).IsError ? 1 : 0;
            }
        }
    }

    private static byte[] Line(AddressUse use, int number, string text) => use switch
    {
        AddressUse.Server or AddressUse.RingServer => HaproxyVerdicts.Line($"server s{number}", text),
        AddressUse.ServerSource => HaproxyVerdicts.Line($"server s{number} 192.0.2.1:1 source", text),
        AddressUse.Socks => HaproxyVerdicts.Line($"server s{number} 192.0.2.1:1 socks4", text),
        AddressUse.Log => HaproxyVerdicts.Line("log", text, "local0"),
        AddressUse.Nameserver or AddressUse.Peer or AddressUse.Mailer =>
            HaproxyVerdicts.Line($"{use.ToString().ToLowerInvariant()} n{number}", text),
        AddressUse.DatagramBind => HaproxyVerdicts.Line("dgram-bind", text),
        _ => HaproxyVerdicts.Line(use == AddressUse.Bind ? "bind" : "source", text),
    };

    private static string? SectionOf(AddressUse use) => use switch
    {
        AddressUse.Nameserver => "resolvers r",
        AddressUse.RingServer => "ring r",
        AddressUse.Peer => "peers p",
        AddressUse.Mailer => "mailers m",
        AddressUse.DatagramBind => "log-forward l",
        _ => null,
    };

    // What a unix path may be is the machine's business, and an unknown prefix before a colon is a host to be looked up. An empty word ends the
    // line of a peer and of dgram-bind. A mailer is refused for protocols other than TCP by itself, when its address has been read.
    private static bool IsJudged(string text, AddressUse use) =>
        !text.Contains("localhost8", StringComparison.Ordinal)
        && !(text.Contains("localhost", StringComparison.Ordinal) && text.Contains("6@", StringComparison.Ordinal))
        && (use is AddressUse.Bind or AddressUse.DatagramBind || !text.Contains(',', StringComparison.Ordinal))
        && !text.Contains("abns@", StringComparison.Ordinal)
        && !(use is AddressUse.Peer or AddressUse.DatagramBind && text.Length == 0)
        && !(use == AddressUse.Mailer && text.Contains("mptcp", StringComparison.Ordinal));
}
