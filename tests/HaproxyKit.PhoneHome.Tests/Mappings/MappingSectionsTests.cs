using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Tests.Mappings;

public sealed class MappingSectionsTests
{
    private static readonly MappingSections Sections = new(new MappingSectionOptions { SlotCount = 2 });

    [Fact]
    public void Apply_to_an_operators_file_adds_two_sections_and_changes_nothing_else()
    {
        var document = ConfigDocument.Parse("# mine\nglobal\n  maxconn 10 # keep\n");
        var applied = Sections.Apply(document, [Traefik()]);
        Assert.Equal(
            """
            # mine
            global
              maxconn 10 # keep

            # haproxykit mapping traefik:443 owner=team lease=20m
            # Written by HaproxyKit; PhoneHome:Mappings:HandEdits says what becomes of changes by hand.
            frontend phonehome_443_traefik
                enabled
                mode tcp
                bind *:443
                maxconn 0
                backlog 1024
                rate-limit sessions 0
                option tcplog
                log-format-sd -
                error-log-format '%ci:%cp [%t] %ft %ts'
                timeout client 1h
                default_backend phonehome_443_traefik_nodes

            # haproxykit mapping traefik:443 owner=team lease=20m
            backend phonehome_443_traefik_nodes
                enabled
                mode tcp
                balance roundrobin
                no option transparent
                no option persist
                option tcp-check
                tcp-check connect default
                timeout connect 5s
                timeout server 1h
                timeout tunnel 1h
                timeout queue 5s
                timeout check 5s
                source 0.0.0.0
                default-server check inter 2s fastinter 2s downinter 2s fall 3 rise 2 weight 100 slowstart 0 minconn 0 maxconn 0 maxqueue 0 enabled stick no-agent-check no-tfo no-backup no-ssl no-check-ssl no-send-proxy no-send-proxy-v2 no-check-send-proxy addr 0.0.0.0 port 0
                server n1 203.0.113.7:30443 send-proxy-v2 weight 100 # node=worker-1 instances=a,b
                server n2 0.0.0.0:1 send-proxy-v2 disabled

            """,
            applied.ToString());
    }

    [Fact]
    public void Apply_keeps_what_the_operator_wrote_around_our_sections()
    {
        var applied = Sections.Apply(ConfigDocument.Parse("global\n"), [Traefik()]).ToString();
        var edited = applied.Replace("# haproxykit mapping traefik:443 owner=team lease=20m\nbackend", "# seen by me\n# haproxykit mapping traefik:443 owner=team lease=20m\nbackend")
            + "\n# my own, with TLS\n.if feature(OPENSSL)\nfrontend mine\n    bind :8443\n.endif\n";
        var document = ConfigDocument.Parse(edited);

        var moved = Traefik() with { Nodes = [Traefik().Nodes[0] with { Address = IPAddress.Parse("203.0.113.8") }] };
        Assert.Equal(edited.Replace("203.0.113.7", "203.0.113.8"), Sections.Apply(document, [moved]).ToString());
        Assert.Equal("global\n\n# seen by me\n\n# my own, with TLS\n.if feature(OPENSSL)\nfrontend mine\n    bind :8443\n.endif\n", Sections.Apply(document, []).ToString());
    }

    [Theory]
    [InlineData("    bind *:443", "    bind *:443\n    maxconn 3")]
    [InlineData("    mode tcp\n    balance", "    mode http # by hand\n    balance")]
    [InlineData("    bind *:443\n", "")]
    [InlineData("    server n1", "    .if defined(X)\n    server n1")]
    [InlineData("instances=a,b", "instances=a,b\n    server n3 203.0.113.9:30443\n.if 1\n    server worker-3 203.0.113.9:1\n.endif")]
    [InlineData("    server n2 0.0.0.0:1 send-proxy-v2 disabled\n", "")]
    [InlineData("n2 0.0.0.0:1 send-proxy-v2 disabled", "n2 203.0.113.9:1 send-proxy-v2")]
    [InlineData("203.0.113.7:30443", "203.0.113.9:30443")]
    public void Apply_writes_a_section_anew_that_was_edited_by_hand(string ours, string byHand)
    {
        var applied = Sections.Apply(ConfigDocument.Parse("global\n"), [Traefik()]).ToString();
        var edited = applied.Replace(ours, byHand) + (byHand.Contains("defined(X)") ? ".endif\n" : "");
        Assert.NotEqual(applied, edited);
        Assert.Equal(applied, Sections.Apply(ConfigDocument.Parse(edited), [Traefik()]).ToString());
    }

    [Theory]
    [InlineData("phonehome_443_traefik", "phonehome_443_copy")]
    [InlineData("traefik:443 ", "traefik:444 ")]
    [InlineData("443", "99999")]
    [InlineData("443", "0")]
    [InlineData("# haproxykit mapping", "# once: haproxykit mapping")]
    public void Section_whose_marker_does_not_fit_is_the_operators(string ours, string copied)
    {
        var copy = Sections.Apply(ConfigDocument.Parse(""), [Traefik()]).ToString().Replace(ours, copied);
        var document = ConfigDocument.Parse(copy);
        Assert.Empty(MappingSections.Read(document));
        Assert.Equal(copy, Sections.Apply(document, []).ToString());
        Assert.StartsWith(copy, Sections.Apply(document, [Traefik()]).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lease=20m", "lease=1ms")]
    [InlineData("lease=20m", "lease=20d")]
    [InlineData("owner=team", "owner=a:b")]
    [InlineData("owner=team ", "")]
    public void Read_of_a_mapping_that_no_call_can_make_is_none(string ours, string byHand)
    {
        var applied = Sections.Apply(ConfigDocument.Parse(""), [Traefik()]).ToString().Replace(ours, byHand);
        Assert.Empty(MappingSections.Read(ConfigDocument.Parse(applied)));
    }

    /// <summary>Before there were slots each node had a server of its own name.</summary>
    [Fact]
    public void Read_of_a_backend_from_before_there_were_slots_finds_its_nodes_and_Apply_gives_them_slots()
    {
        var old = Sections.Apply(ConfigDocument.Parse(""), [Traefik()]).ToString()
            .Replace("    server n2 0.0.0.0:1 send-proxy-v2 disabled\n", "    server n2 203.0.113.8:30443 send-proxy-v2 # node=n2\n    server node 203.0.113.9:30443 send-proxy-v2 # node=node\n")
            .Replace("server n1 203.0.113.7:30443 send-proxy-v2 weight 100", "server worker-1 203.0.113.7:30443 send-proxy-v2");
        var read = Assert.Single(MappingSections.Read(ConfigDocument.Parse(old)));
        Assert.Equal(["worker-1", "n2", "node"], read.Nodes.Select(node => node.Node));
        Assert.Equal(["a", "b"], read.Nodes[0].Instances);

        var now = Sections.Apply(ConfigDocument.Parse(old), [read]);
        Assert.Equal(["n1 worker-1", "n2 n2", "n3 node"], ServersOf(now));
        Assert.Equal(["worker-1", "n2", "node"], Assert.Single(MappingSections.Read(now)).Nodes.Select(node => node.Node));
    }

    [Fact]
    public void Read_of_a_server_without_a_comment_is_the_node_of_its_name_and_of_a_slot_the_node_without_one()
    {
        var text = Sections.Apply(ConfigDocument.Parse(""), [Traefik()]).ToString().Replace(" # node=worker-1 instances=a,b", "");
        Assert.Null(Assert.Single(Assert.Single(MappingSections.Read(ConfigDocument.Parse(text))).Nodes).Node);
        Assert.Null(Assert.Single(Assert.Single(MappingSections.Read(ConfigDocument.Parse(text.Replace("server n1", "server node")))).Nodes).Node);
        Assert.Equal("worker-1", Assert.Single(Assert.Single(MappingSections.Read(ConfigDocument.Parse(text.Replace("server n1", "server worker-1")))).Nodes).Node);
    }

    [Fact]
    public void Apply_leaves_each_node_in_its_slot_and_gives_the_lowest_free_one_to_the_next()
    {
        var mapping = Traefik() with { Nodes = [Node("a"), Node("b"), Node("c")] };
        var document = Sections.Apply(ConfigDocument.Parse(""), [mapping]);
        Assert.Equal(["n1 a", "n2 b", "n3 c"], ServersOf(document));

        // One beyond the slots goes with its node, and comes back only where no slot is free.
        document = Sections.Apply(document, [mapping with { Nodes = [Node("b"), Node("c")] }]);
        Assert.Equal(["n1 -", "n2 b", "n3 c"], ServersOf(document));
        document = Sections.Apply(document, [mapping with { Nodes = [Node("d"), Node("c"), Node("b")] }]);
        Assert.Equal(["n1 d", "n2 b", "n3 c"], ServersOf(document));
        document = Sections.Apply(document, [mapping with { Nodes = [Node("d")] }]);
        Assert.Equal(["n1 d", "n2 -"], ServersOf(document));
        document = Sections.Apply(document, [mapping with { Nodes = [] }]);
        Assert.Equal(["n1 -", "n2 -"], ServersOf(document));
        Assert.Empty(Assert.Single(MappingSections.Read(document)).Nodes);
        Assert.Equal(ProxyProtocol.V2, Assert.Single(MappingSections.Read(document)).SendProxy);
    }

    [Fact]
    public void Apply_takes_a_slot_on_which_sessions_still_end_only_where_no_other_is_free()
    {
        var one = Traefik() with { Nodes = [Node("b")] };
        var document = Sections.Apply(Sections.Apply(ConfigDocument.Parse(""), [Traefik()]), [Traefik() with { Nodes = [] }]);
        Assert.Equal(["n1 -", "n2 b"], ServersOf(Sections.Apply(document, [one], (backend, server) => backend == one.BackendName && server == "n1")));
        Assert.Equal(["n1 b", "n2 -"], ServersOf(Sections.Apply(document, [one], static (_, _) => true)));

        // A server that is being deleted is not there to be taken.
        var three = Traefik() with { Nodes = [Node("a"), Node("b"), Node("c")] };
        Assert.Equal(["n1 a", "n2 b", "n4 c"], ServersOf(Sections.Apply(document, [three], static (_, server) => server == "n3")));
    }

    [Fact]
    public void Apply_to_a_file_of_a_thousand_mappings_writes_the_one_that_moved_and_shares_all_others()
    {
        var mappings = Enumerable.Range(1, 1_000).Select(port => Traefik() with { Name = $"m{port}", FrontendPort = port }).ToArray();
        var document = Sections.Apply(ConfigDocument.Parse("global\n"), mappings);
        Sections.Apply(document, mappings);
        mappings[500] = mappings[500] with { Nodes = [Node("worker-1") with { Address = IPAddress.Parse("203.0.113.8") }] };

        var before = GC.GetAllocatedBytesForCurrentThread();
        var moved = Sections.Apply(document, mappings);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(document.SectionCount, moved.SectionCount);
        Assert.Single(document.Sections.Zip(moved.Sections), pair => !pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span));
        Assert.InRange(document.Sections.Zip(moved.Sections).Count(pair => !ReferenceEquals(pair.First, pair.Second)), 1, 5);

        // To write all anew takes 40 MB; two numbers a mapping to find its sections are a few hundred bytes each.
        Assert.InRange(allocated, 0, 1_000_000);
    }

    private static string[] ServersOf(ConfigDocument document) =>
    [
        .. document.ToString().Split('\n').Select(line => line.Trim().Split(' ')).Where(words => words[0] == "server")
            .Select(words => $"{words[1]} {(words.Contains("disabled") ? "-" : words.Single(word => word.StartsWith("node=", StringComparison.Ordinal))["node=".Length..])}"),
    ];

    private static MappingNode Node(string name) => new() { Node = name, Address = IPAddress.Parse("203.0.113.7"), Port = 30443 };

    private static Mapping Traefik() => new()
    {
        Name = "traefik",
        FrontendPort = 443,
        Owner = "team",
        Lease = TimeSpan.FromMinutes(20),
        SendProxy = ProxyProtocol.V2,
        Nodes = [new MappingNode { Node = "worker-1", Address = IPAddress.Parse("203.0.113.7"), Port = 30443, Instances = ["a", "b"] }],
    };
}
