using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Contract;

public sealed class PortRangesTests
{
    [Theory]
    [InlineData("443", 443, true)]
    [InlineData("443", 444, false)]
    [InlineData("443,8000-8999", 8000, true)]
    [InlineData("443,8000-8999", 8999, true)]
    [InlineData("443,8000-8999", 9000, false)]
    [InlineData(" 8000 - 8999 , 443 ", 443, true)]
    [InlineData("1-65535", 65535, true)]
    public void Contains_a_port_of_the_text(string text, int port, bool expected)
    {
        Assert.True(PortRanges.TryParse(text, out var ports, out _));
        Assert.Equal(expected, ports.Contains(port));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("443,")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("9-8")]
    [InlineData("08443")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("any")]
    public void TryParse_what_is_no_set_of_ports_says_so(string? text)
    {
        Assert.False(PortRanges.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void ToString_is_read_back_as_the_same_set()
    {
        Assert.True(PortRanges.TryParse("8000-8999, 443", out var ports, out _));
        Assert.Equal("8000-8999,443", ports.ToString());
    }
}
