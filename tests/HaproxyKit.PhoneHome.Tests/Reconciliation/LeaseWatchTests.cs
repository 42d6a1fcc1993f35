using System.Net;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

public sealed class LeaseWatchTests
{
    private readonly TwoClocks _time = new();
    private readonly Dictionary<string, long?> _calls = [];
    private long _number;

    [Fact]
    public void Look_finds_the_silent_node_alone()
    {
        var watch = new LeaseWatch(_time);
        Assert.Empty(Look(watch));
        _time.Advance(40);
        _calls["b"] = ++_number;
        Assert.Empty(Look(watch));
        _time.Advance(21);
        Assert.Equal("a", Assert.Single(Look(watch)));
        _time.Advance(40);
        Assert.Equal(["a", "b"], Look(watch));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Look_after_the_wall_clock_was_set_lapses_nothing(int seconds)
    {
        var watch = new LeaseWatch(_time);
        _calls["a"] = _calls["b"] = ++_number;
        Assert.Empty(Look(watch));
        _time.Wall += TimeSpan.FromSeconds(seconds);
        _time.Advance(30);
        Assert.Empty(Look(watch));
        _calls["a"] = ++_number;
        Assert.Empty(Look(watch));
        _time.Advance(31);
        Assert.Equal("b", Assert.Single(Look(watch)));
    }

    [Fact]
    public void Look_after_a_restart_gives_everybody_a_full_lease()
    {
        _calls["a"] = _calls["b"] = ++_number;
        var watch = new LeaseWatch(_time);
        Assert.Empty(Look(watch));
        _time.Advance(60);
        Assert.Empty(Look(watch));
        _time.Advance(1);
        Assert.Equal(["a", "b"], Look(watch));
    }

    [Fact]
    public void Look_at_a_longer_lease_counts_with_that()
    {
        var watch = new LeaseWatch(_time);
        Look(watch);
        _time.Advance(61);
        Assert.Empty(Look(watch, seconds: 120));
    }

    private string[] Look(LeaseWatch watch, int seconds = 60) =>
        [.. watch.Look([Mapping(TimeSpan.FromSeconds(seconds))], (_, node) => _calls.GetValueOrDefault(node!)).Select(lapse => lapse.Node!)];

    private static Mapping Mapping(TimeSpan lease) => new()
    {
        Name = "web",
        FrontendPort = 443,
        Owner = "team",
        Lease = lease,
        Nodes = [.. new[] { "a", "b" }.Select(name => new MappingNode { Node = name, Address = IPAddress.Loopback, Port = 1 })],
    };

    /// <summary>A wall clock that can be set, beside one that only goes on.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _ticks;

        public void Advance(int seconds)
        {
            _ticks += seconds * TimeSpan.TicksPerSecond;
            Wall += TimeSpan.FromSeconds(seconds);
        }
    }
}
