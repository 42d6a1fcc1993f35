using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Sizes, as <c>stick-table</c> of HAProxy 2.6, 3.0 and 3.2 reads them.</summary>
public sealed class HaproxySizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("01", 1)]
    [InlineData("100k", 102_400)]
    [InlineData("1K", 1_024)]
    [InlineData("1m", 1_048_576)]
    [InlineData("3g", 3_221_225_472)]
    [InlineData("4294967295", 4_294_967_295)]
    [InlineData("4194303k", 4_294_966_272)]
    public void TryParse_size_is_read(string text, long size)
    {
        Assert.True(HaproxySize.TryParse(text, out var read));
        Assert.Equal(size, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("4g")]
    [InlineData("4294967296")]
    [InlineData("4194304k")]
    [InlineData("1t")]
    [InlineData("1b")]
    [InlineData("1kb")]
    [InlineData("1.5k")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("18446744073709551616")]
    public void TryParse_what_HAProxy_refuses_is_refused(string text) => Assert.False(HaproxySize.TryParse(text, out _));

    [Fact]
    public void Format_gives_what_is_read_again() => Laws.Check(
        Gen.Choose(0, 22).Two().Select(pair => Math.Min(HaproxySize.Max, (long)pair.Item1 << pair.Item2)).ToArbitrary(),
        size => HaproxySize.TryParse(HaproxySize.Format(size), out var read) && read == size);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_000, "1000")]
    [InlineData(1_024, "1k")]
    [InlineData(3_145_728, "3m")]
    [InlineData(1_073_741_824, "1g")]
    public void Format_takes_the_largest_unit(long size, string text) => Assert.Equal(text, HaproxySize.Format(size));

    [Theory]
    [InlineData(-1)]
    [InlineData(HaproxySize.Max + 1)]
    public void Format_size_out_of_range_throws(long size) => Assert.Throws<ArgumentOutOfRangeException>(() => HaproxySize.Format(size));
}
