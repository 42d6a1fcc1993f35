using System.Globalization;
using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Rule 21, in the store: stamps of signed calls outlast restarts and goodbyes, and are bounded.</summary>
public sealed class SignedStampsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refuse_after_a_restart_knows_what_was_flushed()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 5)));
        store.Save(DesiredMappings.Of([Mapping("a")]));

        var again = Open();
        Assert.NotNull(again.Stamps.Refuse(Signed("a", 5)));
        Assert.Null(again.Stamps.Refuse(Signed("a", 6)));
        Assert.Equal(SteppedClock.Start.AddSeconds(5), again.Stamps.Find("team", 443, "a"));
    }

    [Fact]
    public void SaveCalls_writes_the_stamps_of_calls_that_changed_nothing()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 5)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        Assert.Null(store.Stamps.Take(Signed("a", 9)));
        store.NoteCall(443, "a");
        var before = File.ReadAllText(Journal);
        Assert.DoesNotContain(Ticks(9), before);

        store.SaveCalls();

        Assert.Contains(Ticks(9), File.ReadAllText(Journal));
        Assert.Equal(SteppedClock.Start.AddSeconds(9), Open().Stamps.Find("team", 443, "a"));
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(0)]
    [InlineData(30)]
    public void Refuse_after_a_kill_knows_no_call_of_the_last_seconds_and_refuses_them_by_the_callers_clock(int ahead)
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", ahead)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        _time.Step(TimeSpan.FromSeconds(600));
        var lost = Signed("a", ahead + 600);
        Assert.Null(store.Stamps.Take(lost));
        _time.Step(TimeSpan.FromSeconds(2));

        var again = Open();
        Assert.NotNull(again.Stamps.Refuse(lost));
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Null(again.Stamps.Refuse(Signed("a", ahead + 603)));
    }

    [Fact]
    public void Refuse_after_a_kill_is_not_misled_by_a_call_that_was_long_under_way()
    {
        var store = Open();
        Assert.True(store.Stamps.MustWrite(Signed("a", 0)));
        Assert.Null(store.Stamps.Take(Signed("a", -1.5)));
        store.Save(DesiredMappings.Of([Mapping("a")]));

        // As slow a one may wait for the next flush; a quicker one may not: a kill within a second would let it be sent again.
        Assert.False(store.Stamps.MustWrite(Signed("a", -1.46)));
        var quick = Signed("a", 0);
        Assert.True(store.Stamps.MustWrite(quick));
        Assert.Null(store.Stamps.Take(quick));
        store.Save(DesiredMappings.Of([Mapping("a")]));

        // From then on none is, be it quick or slow.
        foreach (var (after, delay) in new[] { (1, 0), (5, 1.9), (6, 0.5), (8, 1.9), (9, 0) })
        {
            _time.Step(SteppedClock.Start.AddSeconds(after) - _time.GetUtcNow());
            var call = Signed("a", after - delay);
            Assert.False(store.Stamps.MustWrite(call), $"after {after} s");
            Assert.Null(store.Stamps.Take(call));
        }

        _time.Step(TimeSpan.FromMilliseconds(60));
        var again = Open();
        Assert.NotNull(again.Stamps.Refuse(Signed("a", 9)));
        Assert.Null(again.Stamps.Refuse(Signed("a", 9.1)));
    }

    [Fact]
    public void Refuse_after_a_kill_does_not_lock_out_a_node_whose_clock_was_set_back()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 0)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        _time.Step(TimeSpan.FromSeconds(120));
        var late = Signed("a", 30);
        Assert.False(store.Stamps.MustWrite(late));
        Assert.Null(store.Stamps.Take(late));
        store.Save(DesiredMappings.Of([Mapping("a")]));

        // Had its clock not been set back, this one would have to be on the disk.
        Assert.True(store.Stamps.MustWrite(Signed("a", 31)));
        _time.Step(TimeSpan.FromSeconds(10));
        Assert.False(store.Stamps.MustWrite(Signed("a", 40)));
        Assert.Null(Open().Stamps.Refuse(Signed("a", 40.1)));
        Assert.NotNull(Open().Stamps.Refuse(Signed("a", 40)));
    }

    [Fact]
    public void MustWrite_counts_what_the_next_flush_will_write_too()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 0)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        _time.Step(TimeSpan.FromSeconds(10));
        Assert.Null(store.Stamps.Take(Signed("a", 5)));
        Assert.True(store.Stamps.MustWrite(Signed("a", 10)));
    }

    [Fact]
    public void Refuse_after_a_goodbye_knows_the_last_call_until_its_age_alone_refuses_it()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 5)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        Assert.Null(store.Stamps.Take(Signed("a", 6)));
        store.Save(DesiredMappings.Empty);
        Assert.NotNull(Open().Stamps.Refuse(Signed("a", 6)));

        _time.Step(TimeSpan.FromHours(1.9));
        WriteAnew();
        Assert.NotNull(Open().Stamps.Refuse(Signed("a", 6)));
        _time.Step(TimeSpan.FromHours(0.2));
        WriteAnew();
        Assert.Null(Open().Stamps.Find("team", 443, "a"));
    }

    [Fact]
    public void Stamp_of_a_node_that_is_there_is_kept_however_old_it_is()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 5)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        _time.Step(TimeSpan.FromDays(3));
        WriteAnew();
        Assert.NotNull(Open().Stamps.Refuse(Signed("a", 5)));
    }

    [Fact]
    public void Refuse_of_one_node_another_owner_or_another_port_tells_nothing_of_the_rest()
    {
        var store = Open();
        Assert.Null(store.Stamps.Take(Signed("a", 100)));
        store.Save(DesiredMappings.Of([Mapping("a")]));
        var again = Open();
        Assert.Null(again.Stamps.Refuse(Signed("b", 1)));
        Assert.Null(again.Stamps.Refuse(Signed("a", 1) with { Owner = "others" }));
        Assert.Null(again.Stamps.Refuse(Signed("a", 1) with { FrontendPort = 444 }));
        Assert.NotNull(again.Stamps.Refuse(Signed("a", 1)));
    }

    [Fact]
    public void Tombstones_are_bounded_and_what_had_to_be_forgotten_is_refused_all_the_same()
    {
        var store = Open();
        store.Save(DesiredMappings.Empty);
        for (var i = 0; i < StoredState.MaxTombstones + 2000; i++)
        {
            Assert.Null(store.Stamps.Take(Signed($"n{i}", i * 0.01)));
        }

        store.Save(DesiredMappings.Empty);
        var again = Open();
        Assert.NotNull(again.Stamps.Find("team", 443, $"n{StoredState.MaxTombstones + 1999}"));
        Assert.Null(again.Stamps.Find("team", 443, "n1999"));
        Assert.NotNull(again.Stamps.Refuse(Signed("n0", 0)));
        Assert.NotNull(again.Stamps.Refuse(Signed("n1999", 19.99)));
        Assert.Null(again.Stamps.Refuse(Signed("new", StoredState.MaxTombstones)));
    }

    private string Journal => Path.Combine(_folder.Path, "state", MappingJournal.FileName);

    private MappingStore Open()
    {
        var store = new MappingStore(Options.Create(new PhoneHomeOptions { StateFolder = Path.Combine(_folder.Path, "state") }), _time);
        store.Load();
        return store;
    }

    /// <summary>Changes so much that the journal is written anew.</summary>
    private void WriteAnew()
    {
        var store = Open();
        var present = store.Load();
        for (var i = 0; i <= MappingJournal.MinLinesToCompact; i++)
        {
            store.Save(present.With(Mapping("x") with { FrontendPort = 9, Lease = TimeSpan.FromSeconds(60 + i) }));
        }

        store.Save(present);
    }

    private static MappingCommand Signed(string node, double at) => new()
    {
        Action = MappingAction.Add,
        Name = "web",
        FrontendPort = 443,
        NodePort = 1,
        Address = IPAddress.Loopback,
        Node = node,
        Owner = "team",
        SignedAt = SteppedClock.Start.AddSeconds(at),
    };

    private static string Ticks(int seconds) => SteppedClock.Start.AddSeconds(seconds).UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static Mapping Mapping(string node) => new()
    {
        Name = "web",
        FrontendPort = 443,
        Owner = "team",
        Lease = TimeSpan.FromSeconds(60),
        Nodes = [new MappingNode { Node = node, Address = IPAddress.Loopback, Port = 1 }],
    };
}
