using HaproxyKit.Catalog;

namespace HaproxyKit.Tests.Catalog;

public sealed class HaproxyVersionTests
{
    [Theory]
    [InlineData("3.0", 3, 0)]
    [InlineData("3.0.11-1+deb13u3", 3, 0)]
    [InlineData("2.6.12-1+deb12u2", 2, 6)]
    [InlineData("3.5-dev3", 3, 5)]
    public void TryParse_version_as_HAProxy_prints_it_is_read(string text, int major, int minor)
    {
        Assert.True(HaproxyVersion.TryParse(text, out var version));
        Assert.Equal(new HaproxyVersion(major, minor), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3.")]
    [InlineData(".0")]
    [InlineData("3.x")]
    [InlineData("3.0x")]
    [InlineData("v3.0")]
    [InlineData("-3.0")]
    [InlineData("99999999999.0")]
    public void TryParse_anything_else_is_no_version(string text) => Assert.False(HaproxyVersion.TryParse(text, out _));

    [Fact]
    public void CompareTo_versions_are_in_the_order_of_their_numbers()
    {
        Assert.True(HaproxyVersion.V2_6 < HaproxyVersion.V3_0 && new HaproxyVersion(2, 10) > new HaproxyVersion(2, 9));
        Assert.True(HaproxyVersion.V3_2 <= new HaproxyVersion(3, 2) && HaproxyVersion.V3_5 >= HaproxyVersion.V3_2);
        Assert.Equal("3.5", HaproxyVersion.V3_5.ToString());
    }
}
