using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

public sealed class EventLogTests
{
    private const int Capacity = 4;

    private readonly EventLog _log = new(TimeProvider.System, Capacity);

    [Fact]
    public async Task WatchAsync_tells_what_happens_after_the_call_and_not_what_was_before()
    {
        Add("before");
        var events = _log.WatchAsync(after: null, TestContext.Current.CancellationToken);
        Add("after");

        Assert.Equal(["after"], (await TakeAsync(events, 1)).Select(happened => happened.Name));
    }

    [Fact]
    public async Task WatchAsync_behind_an_event_begins_with_the_next()
    {
        var all = _log.WatchAsync(after: null, TestContext.Current.CancellationToken);
        Add("a");
        Add("b");
        Add("c");
        var seen = await TakeAsync(all, 3);

        var rest = await TakeAsync(_log.WatchAsync(seen[0].Sequence, TestContext.Current.CancellationToken), 2);

        Assert.Equal(["b", "c"], rest.Select(happened => happened.Name));
        Assert.Equal([seen[0].Sequence + 1, seen[0].Sequence + 2], rest.Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_gets_one_gap_and_then_what_is_left()
    {
        var events = _log.WatchAsync(after: null, TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            Add($"e{i}");
        }

        var told = await TakeAsync(events, 1 + Capacity);

        Assert.Equal(PhoneHomeEventKind.Gap, told[0].Kind);
        Assert.Equal(["e6", "e7", "e8", "e9"], told.Skip(1).Select(happened => happened.Name));
        Assert.Equal(told[0].Sequence + 1, told[1].Sequence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task A_number_that_this_log_never_gave_is_a_gap(long after)
    {
        Add("a");

        var told = await TakeAsync(_log.WatchAsync(after, TestContext.Current.CancellationToken), 2);

        Assert.Equal([PhoneHomeEventKind.Gap, PhoneHomeEventKind.Created], told.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task Readers_that_wait_all_hear_of_each_event_in_order()
    {
        var readers = Enumerable.Range(0, 8)
            .Select(_ => TakeAsync(_log.WatchAsync(after: null, TestContext.Current.CancellationToken), 3))
            .ToList();
        Add("a");
        Add("b");
        Add("c");

        foreach (var told in await Task.WhenAll(readers).WaitAsync(Eventually.DefaultTimeout, TestContext.Current.CancellationToken))
        {
            Assert.Equal(["a", "b", "c"], told.Select(happened => happened.Name));
        }
    }

    private static async Task<List<PhoneHomeEvent>> TakeAsync(IAsyncEnumerable<PhoneHomeEvent> events, int count)
    {
        var taken = new List<PhoneHomeEvent>();
        await foreach (var happened in events)
        {
            taken.Add(happened);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }

    private void Add(string name) => _log.Add(new PhoneHomeEvent { Sequence = 0, Time = default, Kind = PhoneHomeEventKind.Created, Name = name });
}
