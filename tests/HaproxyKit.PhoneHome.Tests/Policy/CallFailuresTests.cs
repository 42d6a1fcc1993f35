using System.Net;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Policy;

public sealed class CallFailuresTests
{
    private readonly SteppedClock clock = new();
    private readonly CallFailures failures;

    public CallFailuresTests() => failures = new(Options.Create(new PhoneHomePolicyOptions()), clock);

    [Fact]
    public void Count_the_eleventh_failure_of_a_minute_waits_and_time_heals()
    {
        var source = IPAddress.Parse("198.51.100.1");
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(failures.Count(source)));

        Assert.Equal(TimeSpan.FromSeconds(6), failures.Count(source));
        Assert.Equal(TimeSpan.FromSeconds(12), failures.Count(source));
        clock.Step(TimeSpan.FromSeconds(18));
        Assert.Null(failures.Count(source));
        Assert.NotNull(failures.Count(source));
    }

    [Fact]
    public void Count_the_wait_has_a_bound()
    {
        var waits = Enumerable.Range(0, 1000).Select(_ => failures.Count(IPAddress.Loopback)).ToList();

        Assert.Equal(TimeSpan.FromMinutes(1), waits.Max());
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.2", false)]
    [InlineData("198.51.100.1", "::ffff:198.51.100.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("0.0.0.1", "::1", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "0.0.0.0", false)]
    public void Count_sources_are_IPv4_addresses_and_networks_of_64_bits(string? one, string? other, bool isSame)
    {
        foreach (var _ in Enumerable.Range(0, 10))
        {
            Assert.Null(failures.Count(Parse(one)));
        }

        Assert.Equal(isSame, failures.Count(Parse(other)) is not null);
    }

    [Fact]
    public void Count_an_attack_from_a_million_networks_is_remembered_in_a_table_of_one_size()
    {
        Span<byte> address = stackalloc byte[16];
        for (var i = 0; i < 1_000_000; i++)
        {
            BitConverter.TryWriteBytes(address, i);
            _ = failures.Count(new IPAddress(address));
        }

        Assert.InRange(failures.Remembered, 1, CallFailures.Sources);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = failures.Count(IPAddress.Loopback);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1000, "counting allocates");
    }

    [Fact]
    public void Count_who_fails_most_is_not_pushed_out_by_many_that_fail_once()
    {
        var worst = IPAddress.Parse("198.51.100.1");
        foreach (var _ in Enumerable.Range(0, 20))
        {
            failures.Count(worst);
        }

        for (var i = 0; i < 20 * CallFailures.Sources; i++)
        {
            failures.Count(new IPAddress((uint)(i + (1 << 24))));
        }

        Assert.NotNull(failures.Count(worst));
    }

    private static IPAddress? Parse(string? text) => text is null ? null : IPAddress.Parse(text);
}
