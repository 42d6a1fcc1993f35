using System.Net;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Rule 24.</summary>
public sealed class LeaseBrakeTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly SteppedClock _time = new();
    private readonly AlarmBoard _alarms = new();
    private readonly Dictionary<string, long?> _calls = [];
    private readonly HashSet<string> _down = [];
    private readonly LeaseWatch _watch;
    private readonly LeaseBrake _brake;
    private long _number;

    public LeaseBrakeTests() => (_watch, _brake) = (new LeaseWatch(_time), new LeaseBrake(_alarms));

    [Fact]
    public void Release_of_half_of_the_leases_lets_them_go()
    {
        Assert.Empty(Look("a", "b", "c", "d"));
        Assert.Equal(["c", "d"], LookAfterLeaseWithCallsOf(["a", "b"], "a", "b", "c", "d"));
        Assert.Empty(_alarms.Current);
    }

    [Fact]
    public void Release_of_more_than_half_of_the_leases_holds_all_until_callers_are_heard_again()
    {
        Assert.Empty(Look("a", "b", "c"));
        Assert.Empty(LookAfterLeaseWithCallsOf(["a"], "a", "b", "c"));
        var alarm = Assert.Single(_alarms.Current);
        Assert.Equal(DiagnosticIds.LeasesHeld, alarm.Diagnostic.Id);
        Assert.Contains("2 of 3", alarm.Diagnostic.Message);

        _calls["b"] = ++_number;
        Assert.Equal(["c"], Look("a", "b", "c"));
        Assert.Empty(_alarms.Current);
    }

    [Fact]
    public void Release_where_nobody_has_called_for_a_lease_holds_those_with_the_shortest_too()
    {
        // Three of a week, one of a minute: it alone is due, which is no half, and yet nobody was heard for all the minute.
        Assert.Empty(Look(["w1", "w2", "w3"], "a"));
        _time.Step(Lease + TimeSpan.FromSeconds(1));
        Assert.Empty(Look(["w1", "w2", "w3"], "a"));
        Assert.Equal(DiagnosticIds.LeasesHeld, Assert.Single(_alarms.Current).Diagnostic.Id);

        _down.Add("a");
        Assert.Empty(Look(["w1", "w2", "w3"], "a"));
        _calls["w2"] = ++_number;
        Assert.Equal(["a"], Look(["w1", "w2", "w3"], "a"));
        Assert.Empty(_alarms.Current);
    }

    [Fact]
    public void Release_after_a_restart_takes_old_calls_for_no_sign_of_life()
    {
        _calls["w1"] = _calls["a"] = ++_number;
        Assert.Empty(Look(["w1", "w2"], "a"));
        _time.Step(Lease + TimeSpan.FromSeconds(1));
        Assert.Empty(Look(["w1", "w2"], "a"));
        Assert.Single(_alarms.Current);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Release_after_the_clock_was_set_by_an_hour_lets_nobody_go(int hours)
    {
        Assert.Empty(Look("a", "b", "c"));
        _time.Set(TimeSpan.FromHours(hours));
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Empty(Look("a", "b", "c"));
        Assert.Empty(_alarms.Current);

        // And a call after it counts, though the clock may say that it is older than the one before.
        Assert.Equal(["c"], LookAfterLeaseWithCallsOf(["a", "b"], "a", "b", "c"));
    }

    [Fact]
    public void Release_of_a_lone_mapping_waits_six_leases_and_for_the_node_to_be_down()
    {
        Assert.Empty(Look("a"));
        _down.Add("a");
        _time.Step((6 * Lease) - TimeSpan.FromSeconds(1));
        Assert.Empty(Look("a"));
        Assert.Equal(DiagnosticIds.LeasesHeld, Assert.Single(_alarms.Current).Diagnostic.Id);
        _time.Step(TimeSpan.FromSeconds(2));
        Assert.Equal(["a"], Look("a"));

        // What serves is not taken out while nobody is heard: the webhook may be the one that is out.
        _down.Clear();
        _time.Step(100 * Lease);
        Assert.Empty(Look("a"));
        Assert.Single(_alarms.Current);
    }

    [Fact]
    public void Release_where_all_are_silent_lets_those_go_after_six_leases_that_are_down()
    {
        Assert.Empty(Look("a", "b", "c"));
        _down.Add("b");
        _time.Step(6.5 * Lease);
        Assert.Equal(["b"], Look("a", "b", "c"));
        Assert.Single(_alarms.Current);
    }

    [Fact]
    public void Release_of_the_last_node_that_answers_waits_six_leases_with_an_alarm_and_of_one_that_is_down_none()
    {
        Assert.Empty(Look(["w1", "w2"], "a"));
        for (var leases = 1; leases <= 5; leases++)
        {
            _calls["w1"] = _calls["w2"] = ++_number;
            Look(["w1", "w2"], "a");
            _time.Step(Lease);
            _calls["w1"] = _calls["w2"] = ++_number;
            Assert.Empty(Look(["w1", "w2"], "a"));
        }

        var alarm = Assert.Single(_alarms.Current);
        Assert.Equal((DiagnosticIds.LastNodeKept, LeaseBrake.AlarmKeyOf(80)), (alarm.Diagnostic.Id, alarm.Key));
        _time.Step(Lease + TimeSpan.FromSeconds(1));
        _calls["w1"] = ++_number;
        Assert.Equal(["a"], Look(["w1", "w2"], "a"));
        Assert.Empty(_alarms.Current);
    }

    [Fact]
    public void Release_of_the_last_node_ends_as_soon_as_its_check_fails_and_its_alarm_when_it_calls()
    {
        Assert.Empty(Look(["w1", "w2"], "a"));
        _time.Step(Lease + TimeSpan.FromSeconds(1));
        _calls["w1"] = ++_number;
        Assert.Empty(Look(["w1", "w2"], "a"));
        Assert.Equal(DiagnosticIds.LastNodeKept, Assert.Single(_alarms.Current).Diagnostic.Id);

        _calls["a"] = ++_number;
        Assert.Empty(Look(["w1", "w2"], "a"));
        Assert.Empty(_alarms.Current);

        _time.Step(Lease + TimeSpan.FromSeconds(1));
        _calls["w1"] = ++_number;
        Assert.Empty(Look(["w1", "w2"], "a"));
        _down.Add("a");
        Assert.Equal(["a"], Look(["w1", "w2"], "a"));
        Assert.Empty(_alarms.Current);
    }

    private string[] LookAfterLeaseWithCallsOf(string[] calling, params string[] nodes)
    {
        _time.Step(Lease - TimeSpan.FromSeconds(1));
        foreach (var node in calling)
        {
            _calls[node] = ++_number;
        }

        Assert.Empty(Look(nodes));
        _time.Step(TimeSpan.FromSeconds(2));
        return Look(nodes);
    }

    private string[] Look(params string[] nodes) => Look([], nodes);

    private string[] Look(string[] ofAWeek, params string[] nodes)
    {
        var mappings = DesiredMappings.Of(
            new[] { Mapping(80, Lease, nodes), Mapping(443, TimeSpan.FromDays(7), ofAWeek) }.Where(mapping => !mapping.Nodes.IsEmpty));
        var due = _watch.Look(mappings.All, (_, node) => _calls.GetValueOrDefault(node!));
        return [.. _brake.Release(due, mappings, _watch.Count, _watch.Silence, (_, node) => _down.Contains(node.Node!) ? NodeHealth.Down : NodeHealth.Up).Select(lapse => lapse.Node!)];
    }

    private static Mapping Mapping(int port, TimeSpan lease, string[] nodes) => new()
    {
        Name = "web",
        FrontendPort = port,
        Owner = "team",
        Lease = lease,
        Nodes = [.. nodes.Select(name => new MappingNode { Node = name, Address = IPAddress.Loopback, Port = 1 })],
    };
}
