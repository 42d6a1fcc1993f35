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
                option tcplog
                timeout client 1h
                default_backend phonehome_443_traefik_nodes

            # haproxykit mapping traefik:443 owner=team lease=20m
            backend phonehome_443_traefik_nodes
                enabled
                mode tcp
                balance roundrobin
                option tcp-check
                tcp-check connect default
                timeout connect 5s
                timeout server 1h
                timeout tunnel 1h
                timeout queue 5s
                timeout check 5s
                source 0.0.0.0
                default-server check inter 2s fall 3 rise 2 weight 100 maxconn 0 enabled no-backup no-ssl no-check-ssl no-send-proxy no-send-proxy-v2 no-check-send-proxy addr 0.0.0.0 port 0
                server worker-1 203.0.113.7:30443 send-proxy-v2 # node=worker-1 instances=a,b

            """,
            applied.ToString());
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
