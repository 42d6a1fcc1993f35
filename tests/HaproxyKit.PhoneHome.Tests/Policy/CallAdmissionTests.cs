using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Policy;

/// <summary>Quotas (rule 20), signed calls that come again (rule 21), and reserved ports (rule 23).</summary>
public sealed class CallAdmissionTests
{
    private static readonly DateTimeOffset Noon = SteppedClock.Start;

    private readonly MemoryPhoneHome phoneHome = new();
    private readonly SteppedClock clock = new();
    private readonly CallAdmission admission;

    public CallAdmissionTests() => admission = Admission();

    [Fact]
    public async Task Mappings_over_the_quota_are_refused_and_those_that_are_there_go_on()
    {
        var quota = new TokenQuota(2, 8, 100);
        Assert.IsType<MappingOutcome.Served>(await AddAsync(1, quota));
        Assert.IsType<MappingOutcome.Served>(await AddAsync(2, quota));

        var refused = Assert.IsType<MappingOutcome.QuotaExceeded>(await AddAsync(3, quota));
        Assert.Equal("the owner of this token has 2 mappings at most", refused.Message);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.IsType<MappingOutcome.Served>(await AddAsync(2, quota));
        Assert.IsType<MappingOutcome.Served>(await AddAsync(3, quota, owner: "another"));

        await SubmitAsync(Command(1) with { Action = MappingAction.Delete }, quota);
        Assert.IsType<MappingOutcome.Served>(await AddAsync(3, quota));
    }

    [Fact]
    public async Task Mappings_that_are_under_way_count()
    {
        var gate = new TaskCompletionSource();
        phoneHome.Until = gate.Task;
        var quota = new TokenQuota(16, 8, 100);
        var calls = Enumerable.Range(1, 50).Select(port => AddAsync(port, quota)).ToList();
        var again = AddAsync(1, quota);
        gate.SetResult();

        var outcomes = await Task.WhenAll(calls);

        Assert.Equal(16, outcomes.Count(outcome => outcome is MappingOutcome.Served));
        Assert.Equal(34, outcomes.Count(outcome => outcome is MappingOutcome.QuotaExceeded));
        Assert.IsType<MappingOutcome.Served>(await again);
        Assert.Equal(16, phoneHome.Mappings.Count);
    }

    [Fact]
    public async Task Nodes_over_the_quota_are_refused_and_those_that_are_there_go_on()
    {
        var quota = new TokenQuota(16, 2, 100);
        Assert.IsType<MappingOutcome.Served>(await SubmitAsync(Command(1) with { Node = "a" }, quota));
        Assert.IsType<MappingOutcome.Served>(await SubmitAsync(Command(1) with { Node = "b" }, quota));

        Assert.Equal(
            "a mapping of this token has 2 nodes at most",
            Assert.IsType<MappingOutcome.QuotaExceeded>(await SubmitAsync(Command(1) with { Node = "c" }, quota)).Message);
        Assert.IsType<MappingOutcome.Served>(await SubmitAsync(Command(1) with { Node = "a" }, quota));
    }

    [Fact]
    public async Task Nodes_that_are_under_way_count()
    {
        var gate = new TaskCompletionSource();
        phoneHome.Until = gate.Task;
        var calls = Enumerable.Range(1, 20).Select(i => SubmitAsync(Command(1) with { Node = $"n{i}" }, TokenQuota.Default)).ToList();
        gate.SetResult();

        Assert.Equal(8, (await Task.WhenAll(calls)).Count(outcome => outcome is MappingOutcome.Served));
    }

    [Fact]
    public async Task A_pod_that_crashes_in_a_loop_makes_no_frontend_after_its_first()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.IsType<MappingOutcome.Served>(await AddAsync(443, new TokenQuota(16, 8, 1)));
            clock.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, phoneHome.Made);
    }

    [Fact]
    public async Task A_pod_that_says_goodbye_in_a_loop_makes_one_frontend()
    {
        var quota = new TokenQuota(16, 8, 3);
        for (var i = 0; i < 110; i++)
        {
            Assert.IsType<MappingOutcome.Served>(await AddAsync(443, quota));
            await SubmitAsync(Command(443) with { Action = MappingAction.Delete }, quota);
            clock.Step(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, phoneHome.Made);
    }

    [Fact]
    public async Task A_caller_of_ever_other_ports_makes_as_many_frontends_an_hour_as_the_quota_allows()
    {
        var quota = new TokenQuota(16, 8, 3);
        var refused = new List<MappingOutcome.QuotaExceeded>();
        for (var port = 1; port <= 110; port++)
        {
            if (await AddAsync(port, quota) is MappingOutcome.QuotaExceeded exceeded)
            {
                refused.Add(exceeded);
            }

            await SubmitAsync(Command(port) with { Action = MappingAction.Delete }, quota);
            clock.Step(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(6, phoneHome.Made);
        Assert.Equal(TimeSpan.FromMinutes(57), refused[0].RetryAfter);
        Assert.Contains("3 new frontends an hour", refused[0].Message);
    }

    [Fact]
    public async Task A_frontend_that_was_refused_is_no_new_frontend()
    {
        phoneHome.Refusal = _ => new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "taken" };
        var quota = new TokenQuota(1, 8, 1);
        for (var port = 1; port < 10; port++)
        {
            Assert.IsType<MappingOutcome.Conflict>(await AddAsync(port, quota));
        }

        phoneHome.Refusal = _ => null;
        Assert.IsType<MappingOutcome.Served>(await AddAsync(10, quota));
    }

    [Fact]
    public async Task A_mapping_that_is_there_before_its_snapshot_shows_it_is_no_new_frontend()
    {
        phoneHome.Refusal = _ => new MappingOutcome.Served { Change = MappingChange.Unchanged, Revision = "r" };
        var quota = new TokenQuota(100, 8, 2);

        for (var port = 1; port < 100; port++)
        {
            Assert.IsType<MappingOutcome.Served>(await AddAsync(port, quota));
        }
    }

    [Fact]
    public async Task New_frontends_under_way_count_and_are_told_to_come_again_in_a_moment()
    {
        var gate = new TaskCompletionSource();
        phoneHome.Until = gate.Task;
        var quota = new TokenQuota(100, 8, 2);
        var calls = Enumerable.Range(1, 10).Select(port => AddAsync(port, quota)).ToList();
        gate.SetResult();

        var outcomes = await Task.WhenAll(calls);

        Assert.Equal(2, phoneHome.Made);
        Assert.All(
            outcomes.OfType<MappingOutcome.QuotaExceeded>(), refused => Assert.Equal(TimeSpan.FromSeconds(2), refused.RetryAfter));
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<MappingOutcome.QuotaExceeded>(await AddAsync(11, quota)).RetryAfter);
    }

    [Fact]
    public async Task Another_owners_port_is_a_conflict_and_no_matter_of_quotas()
    {
        await AddAsync(1, TokenQuota.Default, owner: "another");
        phoneHome.Refusal = _ => new MappingOutcome.Conflict { Reason = ConflictReason.AnotherOwner, Message = "theirs" };

        Assert.IsType<MappingOutcome.Conflict>(await AddAsync(1, new TokenQuota(0, 0, 0)));
    }

    [Fact]
    public async Task A_signed_call_is_taken_once_and_one_that_is_older_never()
    {
        Assert.IsType<MappingOutcome.Served>(await SignedAsync(Noon));
        Assert.Equal(Noon, Assert.IsType<MappingOutcome.Replayed>(await SignedAsync(Noon)).LastSignedAt);
        Assert.IsType<MappingOutcome.Replayed>(await SignedAsync(Noon.AddMilliseconds(-1)));
        Assert.IsType<MappingOutcome.Served>(await SignedAsync(Noon.AddMilliseconds(1)));

        Assert.IsType<MappingOutcome.Served>(await SignedAsync(Noon, port: 444));
        Assert.IsType<MappingOutcome.Served>(await SignedAsync(Noon, node: "other"));
    }

    [Fact]
    public async Task Another_owners_signed_call_for_a_port_does_not_make_its_owners_calls_old()
    {
        await SignedAsync(Noon);
        phoneHome.Refusal = _ => new MappingOutcome.Conflict { Reason = ConflictReason.AnotherOwner, Message = "theirs" };
        await SubmitAsync(Command(443) with { Node = "n", SignedAt = Noon.AddMinutes(4), Owner = "another" }, TokenQuota.Default);
        phoneHome.Refusal = _ => null;

        Assert.IsType<MappingOutcome.Served>(await SignedAsync(Noon.AddSeconds(1)));
    }

    [Fact]
    public async Task A_signed_goodbye_does_not_let_the_call_before_it_in_again()
    {
        await SignedAsync(Noon);
        await SubmitAsync(
            Command(443) with { Node = "n", SignedAt = Noon.AddSeconds(1), Action = MappingAction.Delete }, TokenQuota.Default);

        Assert.IsType<MappingOutcome.Replayed>(await SignedAsync(Noon));
        Assert.Empty(phoneHome.Mappings);
    }

    [Fact]
    public async Task After_a_restart_what_the_mapping_remembers_counts()
    {
        await SignedAsync(Noon);
        var restarted = Admission();

        Assert.IsType<MappingOutcome.Replayed>(await restarted.SubmitAsync(
            Command(443) with { Node = "n", SignedAt = Noon }, Grant(TokenQuota.Default), CancellationToken.None));
    }

    [Fact]
    public async Task At_one_time_one_of_many_copies_of_a_signed_call_is_taken()
    {
        var gate = new TaskCompletionSource();
        phoneHome.Until = gate.Task;
        var calls = Enumerable.Range(0, 32).Select(_ => Task.Run(() => SignedAsync(Noon))).ToList();
        gate.SetResult();

        Assert.Single(await Task.WhenAll(calls), outcome => outcome is MappingOutcome.Served);
    }

    [Fact]
    public void Signed_calls_of_many_nodes_are_remembered_up_to_a_bound_and_none_that_could_come_again_is_forgotten()
    {
        var signed = new SignedCalls(clock, TimeSpan.FromMinutes(5));
        var none = new MappingIndex([]);
        for (var i = 0; i < SignedCalls.Capacity; i++)
        {
            Assert.Null(signed.Refuse(Command(443) with { Node = $"n{i}", SignedAt = Noon }, none));
        }

        Assert.IsType<MappingOutcome.Busy>(signed.Refuse(Command(443) with { Node = "more", SignedAt = Noon }, none));
        Assert.IsType<MappingOutcome.Replayed>(signed.Refuse(Command(443) with { Node = "n0", SignedAt = Noon }, none));
        Assert.Equal(SignedCalls.Capacity, signed.Count);

        clock.Step(TimeSpan.FromMinutes(5.1));
        Assert.Null(signed.Refuse(Command(443) with { Node = "more", SignedAt = clock.GetUtcNow() }, none));
        Assert.Equal(1, signed.Count);
    }

    [Fact]
    public async Task A_reserved_port_is_a_conflict_for_an_add_of_a_new_mapping_alone()
    {
        var reserving = Admission(new Reserved(22, 443));
        await phoneHome.SubmitAsync(Command(443), CancellationToken.None);

        var refused = Assert.IsType<MappingOutcome.Conflict>(
            await reserving.SubmitAsync(Command(22), Grant(TokenQuota.Default), CancellationToken.None));
        Assert.Equal((ConflictReason.Reserved, "frontend port 22 is reserved: a test has it"), (refused.Reason, refused.Message));
        foreach (var command in new[] { Command(443), Command(80), Command(22) with { Action = MappingAction.Delete } })
        {
            Assert.IsType<MappingOutcome.Served>(
                await reserving.SubmitAsync(command, Grant(TokenQuota.Default), CancellationToken.None));
        }
    }

    private CallAdmission Admission(params IReservedPorts[] reserved) =>
        new(phoneHome, reserved, Options.Create(new PhoneHomeSignatureOptions()), clock);

    private Task<MappingOutcome> AddAsync(int port, TokenQuota quota, string owner = "o") =>
        SubmitAsync(Command(port) with { Owner = owner }, quota);

    private Task<MappingOutcome> SignedAsync(DateTimeOffset at, int port = 443, string node = "n") =>
        SubmitAsync(Command(port) with { Node = node, SignedAt = at }, TokenQuota.Default);

    private Task<MappingOutcome> SubmitAsync(MappingCommand command, TokenQuota quota) =>
        admission.SubmitAsync(command, Grant(quota), CancellationToken.None);

    private static TokenGrant Grant(TokenQuota quota) => new()
    {
        TokenId = "t",
        Owner = "o",
        Quota = quota,
        Scope = TokenScope.TryRead(new TokenEntry(), [])!,
    };

    private static MappingCommand Command(int port) => new()
    {
        Action = MappingAction.Add,
        Name = "a",
        FrontendPort = port,
        NodePort = 30443,
        Address = IPAddress.Parse("203.0.113.7"),
        Owner = "o",
    };

    private sealed class Reserved(params int[] ports) : IReservedPorts
    {
        public string? Find(int port) => ports.Contains(port) ? "a test has it" : null;
    }
}
