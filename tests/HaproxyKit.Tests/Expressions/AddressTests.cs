using System.Net;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Model;

namespace HaproxyKit.Tests.Expressions;

public sealed class AddressTests
{
    [Theory]
    [InlineData("10.0.0.1:80", "", "", "10.0.0.1", "80", 80, "10.0.0.1")]
    [InlineData("10.0.0.1", "", "", "10.0.0.1", "", null, "10.0.0.1")]
    [InlineData("10.0.0.1:", "", "", "10.0.0.1", "", null, "10.0.0.1")]
    [InlineData(":443", "", "", "", "443", 443, null)]
    [InlineData("*:80", "", "", "*", "80", 80, null)]
    [InlineData("*", "", "", "*", "", null, null)]
    [InlineData(":80-89", "", "", "", "80-89", null, null)]
    [InlineData("10.0.0.1:+10", "", "", "10.0.0.1", "+10", null, "10.0.0.1")]
    [InlineData("10.0.0.1:-10", "", "", "10.0.0.1", "-10", null, "10.0.0.1")]
    [InlineData(":+10", "", "", "", "+10", null, null)]
    [InlineData("+10", "", "", "+10", "", null, null)]
    [InlineData(":::443", "", "", "::", "443", 443, "::")]
    [InlineData("::1:443", "", "", "::1", "443", 443, "::1")]
    [InlineData("[::1]:443", "", "", "::1", "443", 443, "::1")]
    [InlineData("[::1]", "", "", "::1", "", null, "::1")]
    [InlineData("[::]:80-89", "", "", "::", "80-89", null, "::")]
    [InlineData("::ffff:10.0.0.1:80", "", "", "::ffff:10.0.0.1", "80", 80, "::ffff:10.0.0.1")]
    [InlineData("ipv4@:80", "", "ipv4", "", "80", 80, null)]
    [InlineData("ipv6@:80", "", "ipv6", "", "80", 80, null)]
    [InlineData("ipv6@[::1]:80", "", "ipv6", "::1", "80", 80, "::1")]
    [InlineData("tcp4@10.0.0.1:80", "", "tcp4", "10.0.0.1", "80", 80, "10.0.0.1")]
    [InlineData("udp@10.0.0.1:53", "", "udp", "10.0.0.1", "53", 53, "10.0.0.1")]
    [InlineData("quic4@:443", "", "quic4", "", "443", 443, null)]
    [InlineData("mptcp@10.0.0.1:80", "", "mptcp", "10.0.0.1", "80", 80, "10.0.0.1")]
    [InlineData("stream+ipv4@10.0.0.1:80", "stream", "ipv4", "10.0.0.1", "80", 80, "10.0.0.1")]
    [InlineData("dgram+10.0.0.1:514", "dgram", "", "10.0.0.1", "514", 514, "10.0.0.1")]
    [InlineData("quic+ip@:443", "quic", "ip", "", "443", 443, null)]
    [InlineData("stream+unix@/run/x.sock", "stream", "unix", "/run/x.sock", "", null, null)]
    [InlineData("unix@/x", "", "unix", "/x", "", null, null)]
    [InlineData("unix@relative.sock", "", "unix", "relative.sock", "", null, null)]
    [InlineData("uxst@/x:80", "", "uxst", "/x:80", "", null, null)]
    [InlineData("/run/app.sock", "", "", "/run/app.sock", "", null, null)]
    [InlineData("/run/app@home:1.sock", "", "", "/run/app@home:1.sock", "", null, null)]
    [InlineData("/run/a b's #1.sock", "", "", "/run/a b's #1.sock", "", null, null)]
    [InlineData("abns@x", "", "abns", "x", "", null, null)]
    [InlineData("abns@a@b:1", "", "abns", "a@b:1", "", null, null)]
    [InlineData("abnsz@x", "", "abnsz", "x", "", null, null)]
    [InlineData("fd@3", "", "fd", "3", "", null, null)]
    [InlineData("sockpair@4", "", "sockpair", "4", "", null, null)]
    [InlineData("fd@${FD}", "", "fd", "${FD}", "", null, null)]
    [InlineData("rhttp@be/srv", "", "rhttp", "be/srv", "", null, null)]
    [InlineData("localhost", "", "", "localhost", "", null, null)]
    [InlineData("app-1.example.org:8080", "", "", "app-1.example.org", "8080", 8080, null)]
    [InlineData("${HOST}:80", "", "", "${HOST}", "80", 80, null)]
    [InlineData("10.0.0.1:${PORT}", "", "", "10.0.0.1", "${PORT}", null, "10.0.0.1")]
    [InlineData("10.0.0.1:0", "", "", "10.0.0.1", "0", null, "10.0.0.1")]
    [InlineData("10.0.0.1:65536", "", "", "10.0.0.1", "65536", null, "10.0.0.1")]
    [InlineData("10.0.0.1:0080", "", "", "10.0.0.1", "0080", 80, "10.0.0.1")]
    [InlineData("10.0.0.1:8x", "", "", "10.0.0.1", "8x", null, "10.0.0.1")]
    [InlineData("127.2:80", "", "", "127.2", "80", 80, null)]
    [InlineData("1", "", "", "1", "", null, null)]
    [InlineData("fe80::1%eth0:80", "", "", "fe80::1%eth0", "80", 80, null)]
    public void Parse_reads_every_form(string text, string transport, string prefix, string host, string portText, int? port, string? ip)
    {
        var address = Address.Parse(text);
        Assert.Equal((text, text), (address.Text, address.ToString()));
        Assert.Equal((transport, prefix, host, portText, port), (address.Transport, address.Prefix, address.Host, address.PortText, address.Port));
        Assert.Equal(ip is null ? null : IPAddress.Parse(ip), address.IPAddress);
        Assert.Equal(prefix is "unix" or "uxst" or "abns" or "abnsz" || text.StartsWith('/'), address.IsUnixSocket);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("10.0.0.1:80 check")]
    [InlineData("10.0.0.1:80\n")]
    [InlineData("10.0.0.1:80#x")]
    [InlineData("'10.0.0.1:80'")]
    [InlineData("a\\b:80")]
    [InlineData("/run/a\nb.sock")]
    [InlineData("host\u00a0:80")]
    [InlineData("host\0:80")]
    public void TryParse_refuses_what_is_no_word_of_an_address(string? text)
    {
        Assert.False(Address.TryParse(text, out var address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => Address.Parse(text!));
    }

    [Fact]
    public void TryParse_refuses_half_of_a_surrogate_pair() => Assert.False(Address.TryParse("host\ud800:80", out _));

    [Theory]
    [InlineData("10.0.0.1", 80, "10.0.0.1:80")]
    [InlineData("::1", 443, "[::1]:443")]
    [InlineData("::ffff:10.0.0.1", 1, "[::ffff:10.0.0.1]:1")]
    [InlineData("", 80, ":80")]
    [InlineData("*", 80, "*:80")]
    [InlineData("app_1.example.org", 65535, "app_1.example.org:65535")]
    public void Constructor_writes_host_and_port(string host, int port, string text)
    {
        var address = new Address(host, port);
        Assert.Equal((text, host, port), (address.Text, address.Host, address.Port));
        Assert.Equal(address, Address.Parse(text));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a*")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%1")]
    [InlineData("10.0.0.1:80")]
    [InlineData("::1/64")]
    [InlineData("${X}")]
    [InlineData("unix@/x")]
    [InlineData("/x")]
    [InlineData("a\n")]
    [InlineData("caf\u00e9")]
    [InlineData("x#y")]
    public void Constructor_refuses_what_is_no_host(string host) => Assert.Throws<ArgumentException>(() => new Address(host, 80));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Constructor_refuses_what_is_no_port(int port) => Assert.Throws<ArgumentOutOfRangeException>(() => new Address("10.0.0.1", port));

    [Fact]
    public void Constructor_takes_an_IP_address()
    {
        Assert.Equal("[2001:db8::1]:80", new Address(IPAddress.Parse("2001:db8::1"), 80).Text);
        Assert.Equal("10.0.0.1:80", new Address(IPAddress.Parse("10.0.0.1"), 80).Text);
        Assert.Throws<ArgumentException>(() => new Address(IPAddress.Parse("fe80::1%2"), 80));
        Assert.Throws<ArgumentNullException>(() => new Address((IPAddress)null!, 80));
    }

    [Fact]
    public void Default_value_is_no_address()
    {
        Assert.Equal(("", "", "", null, false), (default(Address).Text, default(Address).Host, default(Address).PortText, default(Address).Port, default(Address).IsUnixSocket));
        Assert.Throws<ArgumentException>(() => HaproxyConfig.Parse("backend a\n  server s 1.1.1.1:1\n").Backends["a"].Servers["s"].Address = default);
    }

    [Fact]
    public void Parsed_pieces_put_together_are_the_text() => Laws.Check(
        Prop.ForAll(HostileValues.Any, text =>
        {
            if (!Address.TryParse(text, out var address))
            {
                return;
            }

            var brackets = text.Contains('[', StringComparison.Ordinal);
            var transport = address.Transport.Length > 0 ? address.Transport + "+" : "";
            var prefix = address.Prefix.Length > 0 ? address.Prefix + "@" : "";
            var port = address.PortText.Length > 0 || text.EndsWith(':') ? ":" + address.PortText : "";
            Assert.True(brackets || address.IsUnixSocket || text == transport + prefix + address.Host + port, text);
        }),
        cases: 5_000);
}
