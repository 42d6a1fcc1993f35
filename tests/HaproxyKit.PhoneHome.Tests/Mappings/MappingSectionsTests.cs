using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Tests.Mappings;

public sealed class MappingSectionsTests
{
    private static readonly MappingSections Sections = new(new MappingSectionOptions());

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
            # Written by HaproxyKit; what is changed here by hand is undone.
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
                server worker-1 203.0.113.7:30443 send-proxy-v2 # node=worker-1 instances=a,b

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
    [InlineData("    server worker-1", "    .if defined(X)\n    server worker-1")]
    [InlineData("instances=a,b", "instances=a,b\n    server worker-2 203.0.113.9:30443\n.if 1\n    server worker-3 203.0.113.9:1\n.endif")]
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

    [Fact]
    public void Read_where_the_comments_of_nodes_were_lost_tells_the_nodes_apart()
    {
        var two = Traefik() with { Nodes = [Traefik().Nodes[0], Traefik().Nodes[0] with { Node = "worker-2" }] };
        var document = ConfigDocument.Parse(Sections.Apply(ConfigDocument.Parse(""), [two]).ToString().Replace(" # node=", " # "));
        Assert.Equal(["worker-1", "worker-2"], Assert.Single(MappingSections.Read(document)).Nodes.Select(node => node.Node));
    }

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
