using System.Globalization;
using System.Net;
using System.Text;
using HaproxyKit.Control.Planning;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Planning;

/// <summary>What planning costs: counted in bytes, which do not depend on how busy the machine is.</summary>
public sealed class PlanningCostTests
{
    private const int Backends = 10_000;

    /// <summary>Some references for each section are looked at and copied, but no section is read that is shared.</summary>
    [Fact]
    public void Plan_one_edited_server_among_10000_backends_reads_only_its_section()
    {
        var text = new StringBuilder("defaults\n  mode http\n");
        for (var i = 0; i < Backends; i++)
            text.Append(CultureInfo.InvariantCulture, $"backend b{i}\n  balance roundrobin\n  option httpchk GET /health\n  server s1 10.0.0.1:80 check weight 10\n");
        var before = ConfigDocument.Parse(text.ToString());
        var config = new HaproxyConfig(before);
        config.Backends["b5000"].Servers["s1"].Weight = 20;
        var (moved, weighted) = (Moved(before), config.Document);
        var running = Running();

        var address = Allocated(() => DeploymentPlanner.Plan(before, moved, running, name => name == "b5000"), "set b5000/s1 to 10.0.0.9:80");
        var weight = Allocated(() => DeploymentPlanner.Plan(before, weighted, running, name => name == "b5000"), "give b5000/s1 the weight 20");
        var touched = Allocated(() => string.Join(' ', DeploymentPlanner.TouchedProxies(before, moved)), "b5000");

        Assert.InRange(touched, 0, 10_000);
        Assert.InRange(address, 0, 400_000);
        Assert.InRange(weight, 0, 900_000);
    }

    private static ConfigDocument Moved(ConfigDocument before)
    {
        var config = new HaproxyConfig(before);
        config.Backends["b5000"].Servers["s1"].Address = new("10.0.0.9", 80);
        return config.Document;
    }

    private static long Allocated(Func<object> plan, string expected)
    {
        Assert.Equal(expected, plan().ToString());
        var start = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(plan());
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static RunningState Running() => new()
    {
        WorkerPid = 7,
        Scope = new HashSet<string> { "b5000" },
        Proxies = new HashSet<string> { "b5000" },
        Frontends = new Dictionary<string, RunningFrontend>(),
        Servers = new Dictionary<(string, string), RunningServer>
        {
            [("b5000", "s1")] = new() { Address = IPAddress.Parse("10.0.0.1"), Port = 80, Weight = 10, ConfiguredWeight = 10 },
        },
    };
}
