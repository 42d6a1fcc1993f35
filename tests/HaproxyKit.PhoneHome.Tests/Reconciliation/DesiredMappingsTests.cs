using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Who may change what, and what a call means (rule 18), as a table: calls so far, one more, what it is, and what stands afterwards.</summary>
public sealed class DesiredMappingsTests
{
    private static readonly TimeSpan DefaultLease = TimeSpan.FromHours(1);

    public static TheoryData<string, string, string, string> Table => new()
    {
        // Nodes are known by their names.
        { "", "add w1 a/1", "Created", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "add w1 a/1", "Unchanged", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "add w1 a/2", "Moved", "w1=127.0.0.2:1[a]" },
        { "add w1 a/1", "add w2 b/2", "Changed", "w1=127.0.0.1:1[a] w2=127.0.0.2:1[b]" },
        { "add w1 a/1, add w2 b/2", "add w1 a/3", "Moved", "w1=127.0.0.3:1[a] w2=127.0.0.2:1[b]" },
        { "add w1 a/1, add w2 b/2", "add w2 c/3", "Moved", "w1=127.0.0.1:1[a] w2=127.0.0.3:1[b,c]" },

        // A caller without a node speaks for the only one.
        { "add - -/1", "add - -/2", "Moved", "-=127.0.0.2:1[]" },
        { "add - a/1", "add - b/2", "Moved", "-=127.0.0.2:1[a,b]" },
        { "add - -/1", "add w1 a/2", "Changed", "w1=127.0.0.2:1[a]" },
        { "add w1 a/1, add w2 b/2", "add - -/3", "Changed", "-=127.0.0.3:1[]" },
        { "add node a/1", "add - -/1", "Changed", "-=127.0.0.1:1[]" },

        // A pod that is new on a node joins; instances are kept as they came, and a call without one keeps them.
        { "add w1 b/1", "add w1 a/1", "Unchanged", "w1=127.0.0.1:1[b,a]" },
        { "add w1 b/1", "add w1 -/1", "Unchanged", "w1=127.0.0.1:1[b]" },

        // Goodbye takes an instance; the node goes with its last one, the mapping with its last node.
        { "add w1 old/1, add w1 new/1", "delete w1 old", "Unchanged", "w1=127.0.0.1:1[new]" },
        { "add w1 old/1, add w1 new/1, delete w1 old", "delete w1 old", "Absent", "w1=127.0.0.1:1[new]" },
        { "add w1 old/1, add w1 new/1, delete w1 old", "delete w1 new", "Removed", "" },
        { "add w1 a/1", "delete w1 unknown", "Absent", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "delete w2 a", "Absent", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1, add w2 b/2", "delete w1 a", "Removed", "w2=127.0.0.2:1[b]" },
        { "add w1 a/1, add w2 b/2", "delete w1 -", "Removed", "w2=127.0.0.2:1[b]" },
        { "add w1 -/1", "delete w1 a", "Removed", "" },
        { "add - a/1", "delete - b", "Absent", "-=127.0.0.1:1[a]" },
        { "add - a/1", "delete - a", "Removed", "" },
        { "add w1 a/1", "delete - a", "Absent", "w1=127.0.0.1:1[a]" },

        // The incumbent's delete names nothing and means all.
        { "add - -/1", "delete - -", "Removed", "" },
        { "add w1 a/1, add w2 b/2", "delete - -", "Removed", "" },
        { "", "delete - -", "Absent", "" },

        // Silence.
        { "add w1 a/1, add w2 b/2", "lapse w1", "Removed", "w2=127.0.0.2:1[b]" },
        { "add w1 a/1", "lapse w1", "Removed", "" },
        { "add w1 a/1", "lapse w2", "Absent", "w1=127.0.0.1:1[a]" },
        { "", "lapse w1", "Absent", "" },
        { "add w1 a/1", "repair", "Unchanged", "w1=127.0.0.1:1[a]" },

        // Whose it is.
        { "add w1 a/1", "add w1 a/2 owner=b", "AnotherOwner", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "add w1 a/2 name=other", "AnotherName", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "delete w1 a owner=b", "AnotherOwner", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "delete - - name=other", "AnotherName", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1, delete - -", "add w1 a/1 owner=b name=other", "Created", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1, delete w1 a", "delete w1 a", "Absent", "" },
        { "add w1 a/1, lapse w1", "delete - - owner=b", "Absent", "" },
        { "add w1 a/1, delete w1 a", "add w2 b/2", "Created", "w2=127.0.0.2:1[b]" },

        // What is no move.
        { "add w1 a/1", "add w1 a/1 proxy=V2", "Changed", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "add w1 a/2 proxy=V1", "Changed", "w1=127.0.0.2:1[a]" },
        { "add w1 a/1", "add w1 a/1 lease=60", "Unchanged", "w1=127.0.0.1:1[a]" },
        { "add w1 a/1", "add w1 a/1:2", "Moved", "w1=127.0.0.1:2[a]" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Decide_says_what_a_call_means(string before, string call, string change, string after)
    {
        var mappings = DesiredMappings.Empty;
        foreach (var earlier in before.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            mappings = mappings.Decide(Intent(earlier), DefaultLease).Mappings;
        }

        var decision = mappings.Decide(Intent(call), DefaultLease);

        Assert.Equal(change, decision.Conflict is { } conflict ? conflict.Reason.ToString() : decision.Change.ToString());
        Assert.Equal(after, string.Join(' ', decision.Mappings[443]?.Nodes.Select(Say) ?? []));
        Assert.Equal(after.Length > 0, decision.Mappings.Open.Any());
        Assert.Equal(after.Length == 0 && before.Length > 0, decision.Mappings.ClosedFrontends.Contains("phonehome_443_web"));
    }

    /// <summary>A token is no owner: two of one owner may both change its mapping.</summary>
    [Fact]
    public void Decide_over_another_owners_port_speaks_of_owners_and_not_of_tokens()
    {
        var conflict = DesiredMappings.Empty.Decide(Intent("add w1 a/1"), DefaultLease).Mappings.Decide(Intent("add w1 a/2 owner=b"), DefaultLease).Conflict;
        Assert.Equal(("frontend port 443 belongs to another owner", "take another port, or a token of its owner"), (conflict?.Message, conflict?.Hint));
    }

    [Fact]
    public void Decide_keeps_the_newest_lease_and_proxy_protocol()
    {
        var mappings = DesiredMappings.Empty.Decide(Intent("add w1 a/1"), DefaultLease).Mappings;
        Assert.Equal((DefaultLease, ProxyProtocol.None), (mappings[443]!.Lease, mappings[443]!.SendProxy));
        mappings = mappings.Decide(Intent("add w1 a/1 lease=60 proxy=V2"), DefaultLease).Mappings;
        Assert.Equal((TimeSpan.FromMinutes(1), ProxyProtocol.V2), (mappings[443]!.Lease, mappings[443]!.SendProxy));
    }

    [Fact]
    public void Decide_forgets_the_pod_announced_first_beyond_the_bound()
    {
        var mappings = DesiredMappings.Empty;
        for (var pod = 0; pod < PhoneHomeLimits.MaxInstancesOfNode + 3; pod++)
        {
            mappings = mappings.Decide(Intent($"add w1 pod{pod}/1"), DefaultLease).Mappings;
        }

        var kept = Enumerable.Range(3, PhoneHomeLimits.MaxInstancesOfNode).Select(pod => $"pod{pod}");
        Assert.Equal(kept, Assert.Single(mappings[443]!.Nodes).Instances);
    }

    [Fact]
    public void Declare_adds_closed_mappings_that_stay_and_takes_from_those_that_are_declared_no_more_only_that_they_stay()
    {
        DeclaredPort[] ports = [new DeclaredPort { Port = 443 }, new DeclaredPort { Port = 1883, Name = "mqtt", BindAddress = "127.0.0.9", SendProxy = ProxyProtocol.V1 }];
        var declared = DesiredMappings.Empty.Declare(ports, DefaultLease);
        Assert.Equal(["phonehome_1883_mqtt", "phonehome_443"], declared.ClosedFrontends.Order(StringComparer.Ordinal));
        Assert.Equal((ProxyProtocol.V1, IPAddress.Parse("127.0.0.9")), (declared[1883]!.SendProxy, declared[1883]!.Settings.BindAddress));
        Assert.Equal(declared.All, declared.Declare(ports, DefaultLease).All);
        Assert.Equal(declared.All, declared.Tidied(DesiredMappings.Empty).All);

        // Whoever has it has it under the same sections, and leaves it as it was found.
        var taken = declared.Decide(Intent("add w1 a/1"), DefaultLease);
        Assert.Equal((MappingChange.Created, "web", "phonehome_443"), (taken.Change, taken.Mappings[443]!.Name, taken.Mappings[443]!.FrontendName));
        var again = taken.Mappings.Decide(Intent("delete w1 a"), DefaultLease).Mappings.Decide(Intent("add w1 a/1 owner=b name=other"), DefaultLease);
        Assert.Equal((MappingChange.Created, "other", "phonehome_443"), (again.Change, again.Mappings[443]!.Name, again.Mappings[443]!.FrontendName));
        Assert.True(again.Mappings[443]!.IsDeclared);

        var no = again.Mappings.Declare([], DefaultLease);
        Assert.Equal([443], no.Tidied(DesiredMappings.Empty).All.Select(mapping => mapping.FrontendPort));
        Assert.False(no[443]!.IsDeclared);
    }

    [Fact]
    public void Tidied_leaves_closed_mappings_where_no_frontend_is_new()
    {
        var before = DesiredMappings.Empty.Decide(Intent("add w1 a/1"), DefaultLease).Mappings;
        var closed = before.Decide(Intent("delete w1 a"), DefaultLease).Mappings;
        Assert.Single(closed.Tidied(before).All);
        var other = closed[443]! with { Name = "x", FrontendPort = 444, Nodes = before[443]!.Nodes };
        Assert.Equal([444], closed.With(other).Tidied(closed).All.Select(mapping => mapping.FrontendPort));
        Assert.Empty(closed.Decide(new MappingIntent.Sweep(), DefaultLease).Mappings.All);
    }

    [Fact]
    public void Decide_what_a_call_says_of_the_mapping_is_heard_and_what_it_leaves_out_stays()
    {
        var leastconn = new MappingSettings { Balance = BalanceMethod.LeastConnections, MaxConnections = 5 };
        var first = Decide(DesiredMappings.Empty, "w1", leastconn);
        var silent = Decide(first.Mappings, "w2", MappingSettings.Default);
        var other = Decide(silent.Mappings, "w2", new MappingSettings { MaxConnections = 0, DrainTime = TimeSpan.Zero });
        var again = Decide(other.Mappings, "w1", MappingSettings.Default);

        Assert.Equal(leastconn, silent.Mappings[443]!.Settings);
        Assert.Equal((MappingChange.Changed, leastconn with { MaxConnections = 0, DrainTime = TimeSpan.Zero }), (other.Change, other.Mappings[443]!.Settings));
        Assert.Equal((MappingChange.Unchanged, other.Mappings[443]), (again.Change, again.Mappings[443]));
        Assert.Equal(MappingChange.Changed, Decide(again.Mappings, "w1", leastconn).Change);
    }

    /// <summary>What the one who had a port has said of it, and who served it, is nothing to the next one; where a declared port listens is the operator's.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_of_whoever_takes_a_closed_port_knows_nothing_of_the_one_who_had_it(bool isDeclared)
    {
        var said = new MappingSettings
        {
            BindAddress = IPAddress.Parse("127.0.0.9"),
            Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/old" },
            Balance = BalanceMethod.Source,
            Stickiness = TimeSpan.FromHours(1),
            MaxConnections = 5,
            DrainTime = TimeSpan.FromSeconds(7),
        };
        DeclaredPort[] declared = isDeclared ? [new DeclaredPort { Port = 443, BindAddress = "127.0.0.8" }] : [];
        var start = DesiredMappings.Empty.Declare(declared, DefaultLease);
        var first = Decide(start, "w1", said, weight: 7).Mappings;
        var closed = first.With(first[443]! with { SendProxy = ProxyProtocol.V2, Lease = TimeSpan.FromMinutes(1) }).Decide(Intent("delete - -"), DefaultLease).Mappings;
        var fresh = start.Decide(Intent("add w1 new/2 owner=b name=other"), DefaultLease, declared).Mappings[443]!;

        var taken = closed.Decide(Intent("add w1 new/2 owner=b name=other"), DefaultLease, declared);
        Assert.Equal(MappingChange.Created, taken.Change);
        Assert.Equal(fresh, taken.Mappings[443]);
    }

    [Fact]
    public void Decide_a_weight_is_the_nodes_own_and_stays_with_it()
    {
        var first = Decide(DesiredMappings.Empty, "w1", MappingSettings.Default, weight: 7);
        var moved = Decide(first.Mappings, "w1", MappingSettings.Default, address: "127.0.0.9");
        var second = Decide(moved.Mappings, "w2", MappingSettings.Default);
        var weighed = Decide(second.Mappings, "w2", MappingSettings.Default, weight: 1);

        Assert.Equal(MappingChange.Moved, moved.Change);
        Assert.Equal([7, 100], second.Mappings[443]!.Nodes.Select(node => node.Weight));
        Assert.Equal(MappingChange.Changed, weighed.Change);
        Assert.Equal([7, 1], weighed.Mappings[443]!.Nodes.Select(node => node.Weight));
    }

    private static MappingDecision Decide(
        DesiredMappings mappings, string node, MappingSettings settings, int? weight = null, string address = "127.0.0.1") => mappings.Decide(
        new MappingIntent.Call(new MappingCommand
        {
            Action = MappingAction.Add,
            Name = "web",
            FrontendPort = 443,
            NodePort = 1,
            Address = IPAddress.Parse(address),
            Node = node,
            Owner = "a",
            Settings = settings,
            Weight = weight,
        }),
        DefaultLease);

    private static string Say(MappingNode node) => $"{node.Node ?? "-"}={node.Address}:{node.Port}[{string.Join(',', node.Instances)}]";

    /// <summary>Reads <c>add NODE INSTANCE/ADDRESS[:PORT] [owner=|name=|proxy=|lease=]</c>, <c>delete NODE INSTANCE</c>, <c>lapse NODE</c> or <c>repair</c>.</summary>
    private static MappingIntent Intent(string text)
    {
        var words = text.Split(' ');
        var options = words.Where(word => word.Contains('=')).ToDictionary(word => word.Split('=')[0], word => word.Split('=')[1]);
        if (words[0] is "repair")
        {
            return new MappingIntent.Repair();
        }

        if (words[0] is "lapse")
        {
            return new MappingIntent.Lapse(443, words[1], null, TimeSpan.Zero);
        }

        string[] target = [.. words[2].Split('/', ':'), "1"];
        var isAdd = words[0] == "add";
        return new MappingIntent.Call(new MappingCommand
        {
            Action = isAdd ? MappingAction.Add : MappingAction.Delete,
            Name = options.GetValueOrDefault("name", "web"),
            FrontendPort = 443,
            NodePort = isAdd ? int.Parse(target[2]) : 0,
            Address = isAdd ? IPAddress.Parse($"127.0.0.{target[1]}") : IPAddress.None,
            Node = words[1] == "-" ? null : words[1],
            Instance = target[0] == "-" ? null : target[0],
            SendProxy = Enum.Parse<ProxyProtocol>(options.GetValueOrDefault("proxy", "None")),
            Lease = options.TryGetValue("lease", out var lease) ? TimeSpan.FromSeconds(int.Parse(lease)) : null,
            Owner = options.GetValueOrDefault("owner", "a"),
        });
    }
}
