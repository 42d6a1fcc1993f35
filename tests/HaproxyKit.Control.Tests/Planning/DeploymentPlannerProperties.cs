using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Planning;

/// <summary>What must hold of the plan from any configuration to any other.</summary>
public sealed class DeploymentPlannerProperties
{
    private const string Head = HaproxyInstance.Global + """
        defaults
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
          timeout check 1s
          default-server inter 60s weight 5
        frontend web
          bind {dir}/web.sock
          default_backend b0

        """;

    /// <summary>Backends by the numbers from which they, and what becomes of them, are made.</summary>
    private static readonly Arbitrary<int[]> Backends = Arb.From(
        Gen.Choose(0, int.MaxValue - 1).ListOf(24).Select(seeds => seeds.ToArray()),
        seeds => seeds.Length < 2 ? [] : [seeds[..(seeds.Length / 2)], seeds[(seeds.Length / 2)..], .. seeds.Select((_, i) => seeds.Where((_, j) => j != i).ToArray())]);

    [Fact]
    public void A_configuration_follows_itself_without_a_step() => Laws.Check(Backends, seeds =>
    {
        var document = Document(seeds.Select((seed, i) => RandomBackend.Of(i, seed).Before));

        Assert.True(DeploymentPlanner.Plan(document, document, null, static _ => true).IsEmpty);
        Assert.True(DeploymentPlanner.Plan(document, ConfigDocument.Parse(document.ToBytes()), null, static _ => true).IsEmpty);
    }, cases: 100);

    /// <summary>
    /// All edits that need no reload are carried out on a HAProxy that runs the old text, and what it shows is compared with one that was
    /// started with the new text.
    /// </summary>
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public void Following_a_plan_comes_to_the_same_as_starting_anew(string branch)
    {
        var (atRunTime, all) = (0, 0);
        Laws.Check(Backends, seeds =>
        {
            var (follows, count) = FollowAsync(branch, seeds).GetAwaiter().GetResult();
            (atRunTime, all) = (atRunTime + follows, all + count);
        }, cases: 4);

        Assert.InRange(atRunTime, all / 2, all);
    }

    private static async Task<(int AtRunTime, int All)> FollowAsync(string branch, int[] seeds)
    {
        var edits = seeds.Select((seed, i) => RandomBackend.Of(i, seed)).ToArray();
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, Text(edits.Select(edit => edit.Before)));
        var running = await haproxy.ReadAsync();
        ConfigDocument Wanted(Func<RandomBackend, bool> isEdited) =>
            ConfigDocument.Parse(haproxy.Instance.Expand(Text(edits.Select(edit => isEdited(edit) ? edit.Wanted : edit.Before))), haproxy.Instance.ConfigPath);
        DeploymentPlan Plan(ConfigDocument wanted) =>
            DeploymentPlanner.Plan(haproxy.Document, wanted, running, static _ => false, drainGrace: TimeSpan.Zero);

        var easy = edits.Where(edit => !Plan(Wanted(other => other == edit)).NeedsReload).ToHashSet();
        var wanted = Wanted(easy.Contains);
        var plan = Plan(wanted);
        await haproxy.SendAsync(plan);
        await using var anew = await PlannedHaproxy.StartAsync(branch, wanted.ToString().Replace(haproxy.Instance.Folder, "{dir}", StringComparison.Ordinal)
            .Replace("{dir}/stats.sock", "{stats}", StringComparison.Ordinal));

        var (expected, present) = (await anew.ReadAsync(), await haproxy.ReadAsync());
        Assert.Equal(expected.Servers.Keys.Order(), present.Servers.Keys.Order());
        foreach (var (key, server) in expected.Servers)
        {
            Assert.True(Shown(server, server) == Shown(present.Servers[key], server), $"{key}: anew {Shown(server, server)}, followed {Shown(present.Servers[key], server)}\n{plan}");
        }

        Assert.All(await haproxy.HoldAsync(plan), pair => Assert.True(pair.Holds, pair.Step.Description));
        return (easy.Count, edits.Length);
    }

    /// <summary>What a server is, as far as it counts: a spare one has no address, and what is not checked is checked nowhere.</summary>
    private static string Shown(RunningServer server, RunningServer anew)
    {
        var isSpare = System.Net.IPAddress.Any.Equals(anew.Address);
        var address = isSpare ? "spare" : $"{server.Address}:{server.Port}";
        var check = server.IsChecked ? $"checked at {server.CheckAddress}:{server.CheckPort}" : "not checked";
        var agent = server.HasAgent ? $"agent at {server.AgentAddress}:{server.AgentPort}" : "no agent";
        return $"{address} weight {server.Weight} {server.Mode} maxconn {server.MaxConnections} {check} {agent}";
    }

    private static ConfigDocument Document(IEnumerable<string> backends) => ConfigDocument.Parse(Text(backends), "haproxy.cfg");

    private static string Text(IEnumerable<string> backends) => Head + string.Concat(backends);
}
