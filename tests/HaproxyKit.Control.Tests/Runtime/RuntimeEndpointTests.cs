using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeEndpointTests
{
    [Theory]
    [InlineData("/run/haproxy/admin.sock", "/run/haproxy/admin.sock", null, 0)]
    [InlineData("unix:/run/h.sock", "/run/h.sock", null, 0)]
    [InlineData("unix@/run/h.sock", "/run/h.sock", null, 0)]
    [InlineData("127.0.0.1:9999", null, "127.0.0.1", 9999)]
    [InlineData("balancer.example.org:1", null, "balancer.example.org", 1)]
    [InlineData("[::1]:65535", null, "::1", 65535)]
    public void Parse_endpoint_is_read_and_printed_back(string text, string? path, string? host, int port)
    {
        var endpoint = RuntimeEndpoint.Parse(text);

        Assert.Equal((path, host, port), (endpoint.Path, endpoint.Host, endpoint.Port));
        Assert.Equal(endpoint, RuntimeEndpoint.Parse(endpoint.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("relative.sock")]
    [InlineData("unix:relative.sock")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:+80")]
    [InlineData(":80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("[::1]")]
    [InlineData("a b:80")]
    [InlineData("/nul\0")]
    public void Parse_other_text_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => RuntimeEndpoint.Parse(text));
        Assert.False(RuntimeEndpoint.TryParse(text, out _));
    }

    [Fact]
    public void Unix_path_longer_than_the_kernel_takes_is_refused()
    {
        Assert.Equal(107, RuntimeEndpoint.Unix("/" + new string('x', 106)).Path!.Length);
        Assert.Throws<ArgumentException>(() => RuntimeEndpoint.Unix("/" + new string('x', 107)));
        Assert.Throws<ArgumentException>(() => RuntimeEndpoint.Unix("/" + new string('\u00e9', 54)));
    }
}
