using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

public sealed class HaproxyTimeTests
{
    [Theory]
    [InlineData("1500", 1_500_000)]
    [InlineData("0", 0)]
    [InlineData("7us", 7)]
    [InlineData("7ms", 7_000)]
    [InlineData("7s", 7_000_000)]
    [InlineData("7m", 420_000_000)]
    [InlineData("7h", 25_200_000_000)]
    [InlineData("7d", 604_800_000_000)]
    [InlineData("007s", 7_000_000)]
    [InlineData("2147483647", 2_147_483_647_000)]
    [InlineData("2147483647000us", 2_147_483_647_000)]
    [InlineData("24d", 2_073_600_000_000)]
    public void TryParse_reads_every_unit(string text, long microseconds)
    {
        Assert.True(HaproxyTime.TryParse(text, out var time));
        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5sx")]
    [InlineData("1d2h")]
    [InlineData("5S")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("1.5s")]
    [InlineData("2147483648")]
    [InlineData("25d")]
    [InlineData("99999999999999999999s")]
    [InlineData("\u0665s")]
    [InlineData("${T}")]
    public void TryParse_refuses_what_is_no_time(string text)
    {
        Assert.False(HaproxyTime.TryParse(text, out var time));
        Assert.Equal(TimeSpan.Zero, time);
    }

    [Fact]
    public void TryParse_takes_the_unit_of_the_keyword()
    {
        Assert.True(HaproxyTime.TryParse("5", out var time, defaultUnit: "s"));
        Assert.Equal(TimeSpan.FromSeconds(5), time);
        Assert.True(HaproxyTime.TryParse("5ms", out time, defaultUnit: "s"));
        Assert.Equal(TimeSpan.FromMilliseconds(5), time);
        Assert.Throws<ArgumentException>(() => HaproxyTime.TryParse("5", out _, defaultUnit: "week"));
    }

    [Theory]
    [InlineData(0, "0ms")]
    [InlineData(1, "1us")]
    [InlineData(1_500_000, "1500ms")]
    [InlineData(60_000_000, "1m")]
    [InlineData(90_000_000, "90s")]
    [InlineData(3_600_000_000, "1h")]
    [InlineData(86_400_000_000, "1d")]
    [InlineData(2_147_483_647_000, "2147483647ms")]
    public void Format_takes_the_largest_unit_that_is_exact(long microseconds, string text) =>
        Assert.Equal(text, HaproxyTime.Format(TimeSpan.FromMicroseconds(microseconds)));

    [Fact]
    public void Format_refuses_what_HAProxy_cannot_keep()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HaproxyTime.Format(TimeSpan.FromMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaproxyTime.Format(HaproxyTime.Max + TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HaproxyTime.Format(TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void What_Format_writes_TryParse_reads() => Laws.Check(
        Arb.From(
            from unit in Gen.Elements(1L, 1_000, 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000)
            from count in Gen.Choose(0, int.MaxValue)
            select Math.Min(count % 5_000 * unit, 2_147_483_647_000),
            microseconds => microseconds > 0 ? [microseconds / 2, microseconds - 1] : []),
        microseconds =>
        {
            var time = TimeSpan.FromMicroseconds(microseconds);
            Assert.True(HaproxyTime.TryParse(HaproxyTime.Format(time), out var read));
            Assert.Equal(time, read);
        },
        cases: 5_000);
}
