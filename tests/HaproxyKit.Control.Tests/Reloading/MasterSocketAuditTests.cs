using System.Text.RegularExpressions;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>
/// Nothing opens the master's socket in the states in which 3.5 dies (recorded: it goes on after torn files, and ends with all its workers at
/// the next connection to that socket). Its recorded version stands before a real HAProxy, and a socket that counts takes the master's place.
/// </summary>
public sealed partial class MasterSocketAuditTests
{
    /// <summary>Where the socket may be asked for: the client itself, the watch with its guard, the reload that the guard lets through.</summary>
    private static readonly string[] Doors = ["MasterClient.cs", "WorkerWatch.cs", "MasterSocketReloader.cs"];

    [Fact]
    public void Source_nothing_but_the_guarded_doors_asks_the_master()
    {
        var source = Path.Combine(Repository.Root, "src");
        var asking = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !Doors.Contains(Path.GetFileName(file)))
            .Where(file => MasterCall().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(source, file));

        Assert.Empty(asking);
    }

    [Theory]
    [InlineData("backend last\n  balance roundrobin")]
    [InlineData("backend last\n  balance \"roundrobin\n")]
    public async Task Every_way_leaves_the_socket_of_a_master_with_torn_files_shut(string torn)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.2");
        var worker = (await haproxy.Instance.WorkerPidAsync())!.Value;
        await using var stats = ChangedSocket.OfVersion(haproxy.Instance.StatsSocket, "3.5-dev5");
        await using var master = FakeRuntimeSocket.ResettingAtOnce();
        var watch = new WorkerWatch(new RuntimeClient(stats.Endpoint), new MasterClient(master.Endpoint));
        var options = new HaproxyOptions { ConfigFile = haproxy.Instance.ConfigPath, PidFile = haproxy.Instance.PidFile };
        await File.AppendAllTextAsync(haproxy.Instance.ConfigPath, torn);

        var reading = await new InvocationSource(options, watch).ReadAsync(CancellationToken.None);
        var check = await new CurrentInvocationChecker(new InvocationSource(options, watch), TimeProvider.System).CheckAsync();
        var identity = await watch.WaitUntilSettledAsync(TimeSpan.FromSeconds(5));
        var rows = await watch.SeeRowsAsync(worker, CancellationToken.None);
        var byMaster = await watch.AskWorkerAsync(worker, RuntimeClient.InfoAndStat, CancellationToken.None);
        var reload = await new MasterSocketReloader(watch).ReloadAsync(ReloadExpectation.None);
        await using var gate = new CoalescingReloader(new MasterSocketReloader(watch));
        await gate.ReloadAsync(ReloadExpectation.None);

        Assert.Equal(haproxy.Instance.MasterPid, reading.Invocation?.MasterPid);
        Assert.Equal(CheckVerdict.Refused, check.Verdict);
        Assert.Equal((worker, haproxy.Instance.MasterPid), (identity.WorkerPid, identity.MasterPid));
        Assert.NotNull(rows);
        Assert.Null(byMaster);
        Assert.Equal((false, true), (reload.Succeeded, reload.StillServing));
        Assert.Equal(0, master.Connections);
    }

    [GeneratedRegex(@"\b(ShowProcessesAsync|AskForProcessesAsync|SendToWorkerAsync)\(|\bmaster!?\.ReloadAsync\(", RegexOptions.IgnoreCase)]
    private static partial Regex MasterCall();
}
