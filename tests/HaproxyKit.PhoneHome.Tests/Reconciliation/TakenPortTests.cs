using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>A port that nobody has any more, and that somebody else takes, before a real HAProxy.</summary>
public sealed class TakenPortTests
{
    private static readonly DateTimeOffset Signed = TimeProvider.System.GetUtcNow();

    /// <summary>All that the file and the status say is what they say of a port that nobody ever had.</summary>
    [Theory]
    [InlineData("other", "other")]
    [InlineData("other", "map")]
    [InlineData("team", "other")]
    public async Task Closed_port_that_another_owner_or_name_takes_has_nothing_of_the_one_who_had_it(string owner, string name)
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (port, unused) = (Ports.Take(), Ports.Take());
        var first = Command(port, "team", "map") with
        {
            SendProxy = ProxyProtocol.V2,
            Lease = TimeSpan.FromMinutes(1),
            Weight = 7,
            Instance = "old",
            SignedAt = Signed.AddSeconds(1),
            Settings = new MappingSettings
            {
                BindAddress = IPAddress.Parse("127.0.0.9"),
                Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/old", Interval = TimeSpan.FromSeconds(3), Fall = 9 },
                Balance = BalanceMethod.Source,
                Stickiness = TimeSpan.FromHours(1),
                MaxConnections = 5,
                DrainTime = TimeSpan.FromSeconds(7),
            },
        };
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(first, CancellationToken.None));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(first with { Node = "w2", SignedAt = Signed.AddSeconds(2) }, CancellationToken.None));
        foreach (var node in new[] { "w1", "w2" })
        {
            Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(
                first with { Action = MappingAction.Delete, Node = node, SignedAt = Signed.AddSeconds(3) }, CancellationToken.None));
        }

        Assert.Contains("balance=source", host.File, StringComparison.Ordinal);

        // Signed earlier than the former owner's calls: the stamps of another owner are nothing to it.
        var second = Command(port, owner, name) with { Node = owner == "team" ? "w3" : "w1", Instance = "new", SignedAt = Signed };
        Assert.Equal(MappingChange.Created, Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(second, CancellationToken.None)).Change);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(
            second with { FrontendPort = unused, Name = name + "x" }, CancellationToken.None));

        Assert.Equal(SectionsOf(host, unused, name + "x", unused, name + "x"), SectionsOf(host, port, name, unused, name + "x"));
        var (taken, fresh) = (StatusOf(host, port), StatusOf(host, unused));
        Assert.Equal(fresh with { FrontendPort = port, Name = name, Nodes = [] }, taken with { Nodes = [] });
        Assert.Equal(fresh.Nodes, taken.Nodes);
        Assert.Contains($",OPEN,", (await host.Haproxy.AskAsync("show stat"))!.Split('\n').Single(line => line.StartsWith($"phonehome_{port}_{name},FRONTEND", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Declared_port_listens_again_where_the_operator_says_for_whoever_takes_it()
    {
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync(configure: options => options.DeclaredPorts.Add(new DeclaredPort { Port = port }));
        var first = Command(port, "team", "map") with { Settings = new MappingSettings { BindAddress = IPAddress.Parse("127.0.0.9") } };
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(first, CancellationToken.None));
        Assert.Contains($"bind 127.0.0.9:{port}", host.File, StringComparison.Ordinal);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(first with { Action = MappingAction.Delete }, CancellationToken.None));

        var second = Command(port, "other", "other");
        Assert.True((await host.Reconciler.PlanAsync(second, CancellationToken.None)).NeedsReload);
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(second, CancellationToken.None));
        Assert.Contains($"bind 127.0.0.1:{port}", host.File, StringComparison.Ordinal);
        Assert.Null(StatusOf(host, port).Settings.BindAddress);
    }

    private static MappingCommand Command(int port, string owner, string name) =>
        ReconcilerHost.Command(MappingAction.Add, port) with { Owner = owner, Name = name, Node = "w1" };

    /// <summary>All lines that are of a mapping, as if it had another port and name.</summary>
    private static string SectionsOf(ReconcilerHost host, int port, string name, int asPort, string asName)
    {
        var lines = host.File.Split('\n');
        var begin = Array.FindIndex(lines, line => line.Contains($"mapping {name}:{port} ", StringComparison.Ordinal));
        Assert.True(begin >= 0, host.File);
        var sections = string.Join('\n', lines.Skip(begin).TakeWhile((line, at) =>
            at == 0 || !line.Contains(" mapping ", StringComparison.Ordinal) || line.Contains($"mapping {name}:{port} ", StringComparison.Ordinal)));
        return sections.TrimEnd().Replace($"{port}", $"{asPort}", StringComparison.Ordinal)
            .Replace($"mapping {name}:", $"mapping {asName}:", StringComparison.Ordinal)
            .Replace($"{asPort}_{name}", $"{asPort}_{asName}", StringComparison.Ordinal);
    }

    private static MappingStatus StatusOf(ReconcilerHost host, int port) => Assert.Single(host.Reconciler.Mappings, mapping => mapping.FrontendPort == port);
}
