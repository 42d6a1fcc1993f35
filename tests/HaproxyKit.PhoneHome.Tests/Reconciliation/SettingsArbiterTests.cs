using System.Net;
using FsCheck.Fluent;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Whose word counts where nodes of one mapping say different things, without a file or a HAProxy.</summary>
public sealed class SettingsArbiterTests : IDisposable
{
    private const int Port = 443;

    private static readonly MappingSettings Least = new() { Balance = BalanceMethod.LeastConnections };
    private static readonly MappingSettings Random = new() { Balance = BalanceMethod.Random };
    private static readonly MappingSettings Five = new() { MaxConnections = 5 };

    private readonly CapturedLog _log = new();
    private readonly LoggerFactory _loggers;
    private SettingsArbiter _arbiter;
    private DesiredMappings _wanted = DesiredMappings.Empty;

    public SettingsArbiterTests()
    {
        _loggers = new LoggerFactory([_log]);
        _arbiter = NewArbiter();
    }

    private MappingSettings Standing => _wanted[Port]!.Settings;

    private int Warnings => _log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal));

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public void Node_that_only_repeats_what_it_said_before_changes_nothing_back_and_one_that_changes_its_mind_is_heard()
    {
        Assert.Equal(MappingChange.Created, Call("w1", Least));
        Assert.Equal(MappingChange.Changed, Call("w2", Least));
        Assert.Equal(MappingChange.Changed, Call("w2", Random));
        Assert.Equal([MappingChange.Unchanged, MappingChange.Unchanged, MappingChange.Unchanged], [Call("w1", Least), Call("w2", Random), Call("w1", Least)]);
        Assert.Equal(Random, Standing);

        Assert.Equal([MappingChange.Unchanged, MappingChange.Unchanged], [Call("w1", Random), Call("w2", Random)]);
        Assert.Equal([MappingChange.Changed, MappingChange.Unchanged, MappingChange.Unchanged], [Call("w1", Least), Call("w2", Random), Call("w1", Least)]);
        Assert.Equal(Least, Standing);
    }

    [Fact]
    public void Node_that_is_alone_is_always_heard()
    {
        Call("w1", Least);
        Assert.Equal([MappingChange.Changed, MappingChange.Changed, MappingChange.Unchanged], [Call("w1", Random), Call("w1", Least), Call("w1", Least)]);
    }

    [Fact]
    public void Each_setting_is_what_the_last_one_has_said_that_speaks_of_it()
    {
        Call("w1", Least with { MaxConnections = 5 });
        Call("w2", Random);
        Assert.Equal(Random with { MaxConnections = 5 }, Standing);
        Call("w3", new MappingSettings { MaxConnections = 6 });
        Assert.Equal([MappingChange.Unchanged, MappingChange.Unchanged], [Call("w1", Least with { MaxConnections = 5 }), Call("w2", Random)]);

        // Nobody says six any more, and five is still said; of balance another one has spoken since.
        Goodbye("w3");
        Assert.Equal(MappingChange.Changed, Call("w1", Least with { MaxConnections = 5 }));
        Assert.Equal(Random with { MaxConnections = 5 }, Standing);
    }

    [Fact]
    public void Proxy_protocol_and_lease_are_settings_of_the_mapping_too()
    {
        Call("w1", Five, ProxyProtocol.V1, seconds: 60);
        Assert.Equal(MappingChange.Changed, Call("w2", Five, ProxyProtocol.V2, seconds: 90));
        var stands = _wanted[Port];
        Assert.Equal(MappingChange.Unchanged, Call("w1", Five, ProxyProtocol.V1, seconds: 60));
        Assert.Equal(stands, _wanted[Port]);
        Assert.Equal((ProxyProtocol.V2, TimeSpan.FromSeconds(90)), (stands!.SendProxy, stands.Lease));
    }

    [Theory]
    [InlineData("goodbye")]
    [InlineData("lapse")]
    [InlineData("taken out by another process")]
    public void Node_that_has_gone_counts_no_more_and_is_not_heard_for_coming_back_with_the_same_word(string how)
    {
        Call("w1", Least);
        Call("w2", Random);
        Leave("w2", how);
        Assert.Equal([MappingChange.Changed, MappingChange.Unchanged], [Call("w1", Least), Call("w1", Least)]);
        for (var round = 0; round < 3; round++)
        {
            Call("w2", Random);
            Assert.Equal((MappingChange.Unchanged, Least), (Call("w1", Least), Standing));
            Leave("w2", how);
            Assert.Equal((MappingChange.Unchanged, Least), (Call("w1", Least), Standing));
        }

        Call("w2", Five with { Balance = BalanceMethod.Source });
        Assert.Equal((MappingChange.Unchanged, BalanceMethod.Source), (Call("w1", Least), Standing.Balance!.Value));
    }

    [Fact]
    public void Closed_mapping_and_another_owner_begin_anew()
    {
        Call("w1", Least);
        Call("w2", Random);
        Goodbye(null);
        Assert.Equal((MappingChange.Created, Least), (Call("w1", Least), Standing));
        Assert.Equal((MappingChange.Changed, Random), (Call("w2", Random), Standing));
        Goodbye(null);
        Assert.Equal((MappingChange.Created, Least), (Call("w1", Least, owner: "other"), Standing));
        Assert.Equal((MappingChange.Changed, Random), (Call("w2", Random, owner: "other"), Standing));

        // Closed and taken by another process, of which nothing is seen here.
        _wanted = _wanted.With(_wanted[Port]! with { Owner = "third" });
        Assert.Equal((MappingChange.Changed, Least), (Call("w1", Least, owner: "third"), Standing));
    }

    [Fact]
    public void After_a_restart_each_is_heard_once()
    {
        Call("w1", Least);
        Call("w2", Random);
        _arbiter = NewArbiter();
        Assert.Equal(
            [MappingChange.Changed, MappingChange.Changed, MappingChange.Unchanged, MappingChange.Unchanged],
            [Call("w1", Least), Call("w2", Random), Call("w1", Least), Call("w2", Random)]);

        // Also where the first calls change nothing and are answered from memory.
        _arbiter = NewArbiter();
        Assert.Equal((MappingChange.Unchanged, MappingChange.Changed), (Heartbeat("w2", Random), Call("w1", Least)));
        Assert.Equal((MappingChange.Unchanged, MappingChange.Unchanged), (Heartbeat("w2", Random), Heartbeat("w1", Least)));
    }

    [Fact]
    public void Attempt_that_was_not_taken_is_no_word()
    {
        Call("w1", Least);
        Call("w2", Least);
        var refused = Intent("w2", Random);
        _arbiter.Begin();
        _arbiter.Note(refused, Port, _wanted[Port], _wanted.Decide(_arbiter.Hear(refused, _wanted), TimeSpan.FromHours(1)).Mappings[Port]);

        Assert.Equal((MappingChange.Changed, MappingChange.Unchanged), (Call("w1", Random), Call("w2", Least)));
        Assert.Equal(Random, Standing);
    }

    [Fact]
    public void Who_repeats_behind_a_change_of_mind_in_the_same_attempt_does_not_undo_it()
    {
        Call("w1", Least);
        Call("w2", Least);
        Assert.Equal([MappingChange.Changed, MappingChange.Unchanged], Attempt(Intent("w1", Random), Intent("w2", Least)));
        Assert.Equal(Random, Standing);
        Assert.Equal([MappingChange.Removed, MappingChange.Changed], Attempt(Intent("w1", Random, action: MappingAction.Delete), Intent("w2", Least)));
    }

    [Fact]
    public void Disagreement_is_told_once_and_who_only_asks_tells_nobody()
    {
        Call("w1", Least);
        Call("w2", Random);
        Assert.Equal(Random, _wanted.Decide(_arbiter.Hear(Intent("w1", Least), _wanted[Port], isTold: false), TimeSpan.FromHours(1)).Mappings[Port]!.Settings);
        Assert.Equal(0, Warnings);
        for (var round = 0; round < 5; round++)
        {
            Heartbeat("w1", Least);
            Call("w1", Least);
            Call("w2", Random);
        }

        Assert.Contains("w1", Assert.Single(_log.Lines));
        Call("w2", Random with { MaxConnections = 1 });
        Call("w1", Least);
        Call("w1", Least);
        Assert.Equal(2, Warnings);

        // The same in the end is no disagreement.
        Call("w2", Least);
        Call("w1", Least);
        Assert.Equal(2, Warnings);
    }

    [Fact]
    public void Heartbeat_that_agrees_is_taken_as_it_is()
    {
        Call("w1", Least);
        Call("w2", Least);
        foreach (var node in new[] { "w1", "w2" })
        {
            var call = Intent(node, Least);
            Assert.Same(call, _arbiter.Hear(call, _wanted[Port], isTold: true));
        }
    }

    [Fact]
    public void Nodes_that_have_gone_are_remembered_up_to_a_bound()
    {
        Call("stays", Five);
        for (var node = 0; node <= SettingsArbiter.MaxGone; node++)
        {
            Call($"w{node}", Random);
            Goodbye($"w{node}");
        }

        Call("stays", Least);
        Call("w1", Random);
        Assert.Equal(BalanceMethod.LeastConnections, Standing.Balance);
        Call("w0", Random);
        Assert.Equal(BalanceMethod.Random, Standing.Balance);
    }

    /// <summary>Whatever was said, and by whomever: once each one was heard again, repeating changes nothing.</summary>
    [Fact]
    public void Whatever_was_said_repeating_comes_to_rest_in_one_round()
    {
        var settings = from balance in Gen.Elements<BalanceMethod?>(null, BalanceMethod.Random, BalanceMethod.Source)
                       from most in Gen.Elements<int?>(null, 1, 2)
                       from address in Gen.Elements(null, IPAddress.Any)
                       select new MappingSettings { Balance = balance, MaxConnections = most, BindAddress = address };
        var step = from node in Gen.Choose(1, 4) from does in Gen.Frequency((5, Gen.Constant("call")), (2, Gen.Constant("goodbye")), (1, Gen.Constant("restart")))
                   from says in settings from proxy in Gen.Elements(ProxyProtocol.None, ProxyProtocol.V1)
                   select (Node: $"w{node}", Does: does, Says: says, Proxy: proxy);
        Laws.Check(Arb.From(step.ArrayOf(), static steps => steps.Select((_, left) => steps.Where((_, at) => at != left).ToArray())), steps =>
        {
            (_arbiter, _wanted) = (NewArbiter(), DesiredMappings.Empty);
            var last = new Dictionary<string, (MappingSettings Says, ProxyProtocol Proxy)>();
            foreach (var (node, does, says, proxy) in steps)
            {
                switch (does)
                {
                    case "call":
                        Call(node, says, proxy);
                        last[node] = (says, proxy);
                        break;
                    case "goodbye":
                        Goodbye(node);
                        last.Remove(node);
                        break;
                    default:
                        _arbiter = NewArbiter();
                        break;
                }
            }

            foreach (var (node, (says, proxy)) in last)
            {
                Call(node, says, proxy);
            }

            foreach (var (node, (says, proxy)) in last.Concat(last.Reverse()))
            {
                Assert.Equal(MappingChange.Unchanged, Call(node, says, proxy));
            }

            if (last.Values.ToList() is [var alone])
            {
                Assert.Equal((Standing, _wanted[Port]!.SendProxy), (Standing.With(alone.Says), alone.Proxy));
            }
        });
    }

    private SettingsArbiter NewArbiter() => new(_loggers.CreateLogger<SettingsArbiter>());

    private MappingChange Call(string node, MappingSettings says, ProxyProtocol proxy = ProxyProtocol.None, int? seconds = null, string owner = "team") =>
        Assert.Single(Attempt(Intent(node, says, proxy, seconds, owner)));

    /// <summary>A call that is answered from memory.</summary>
    private MappingChange Heartbeat(string node, MappingSettings says)
    {
        var call = Intent(node, says);
        var decision = _wanted.Decide(_arbiter.Hear(call, _wanted[Port], isTold: true), TimeSpan.FromHours(1));
        Assert.Equal(_wanted[Port], decision.Mappings[Port]);
        _arbiter.Note(call.Command);
        return decision.Change;
    }

    private void Goodbye(string? node) => Attempt(Intent(node, MappingSettings.Default, owner: _wanted[Port]?.Owner ?? "team", action: MappingAction.Delete));

    private void Leave(string node, string how)
    {
        if (how == "goodbye")
        {
            Goodbye(node);
        }
        else if (how == "lapse")
        {
            Attempt(new MappingIntent.Lapse(Port, node, null, TimeSpan.Zero));
        }
        else
        {
            _wanted = _wanted.With(_wanted[Port]! with { Nodes = _wanted[Port]!.Nodes.RemoveAll(there => there.Node == node) });
        }
    }

    /// <summary>What a pass does with all that wait together.</summary>
    private List<MappingChange> Attempt(params MappingIntent[] intents)
    {
        var changes = new List<MappingChange>();
        _arbiter.Begin();
        foreach (var intent in intents)
        {
            var decision = _wanted.Decide(_arbiter.Hear(intent, _wanted), TimeSpan.FromHours(1));
            Assert.Null(decision.Conflict);
            _arbiter.Note(intent, Port, _wanted[Port], decision.Mappings[Port]);
            _wanted = decision.Mappings;
            changes.Add(decision.Change);
        }

        _arbiter.Take();
        return changes;
    }

    private static MappingIntent.Call Intent(
        string? node, MappingSettings says, ProxyProtocol proxy = ProxyProtocol.None, int? seconds = null, string owner = "team",
        MappingAction action = MappingAction.Add) => new(new MappingCommand
        {
            Action = action,
            Name = "web",
            FrontendPort = Port,
            NodePort = 30443,
            Address = IPAddress.Parse("192.0.2.1"),
            Node = node,
            Owner = owner,
            SendProxy = proxy,
            Lease = seconds is { } lease ? TimeSpan.FromSeconds(lease) : null,
            Settings = says,
        });
}
