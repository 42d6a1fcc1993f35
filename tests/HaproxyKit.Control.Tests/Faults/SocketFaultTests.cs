using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// HAProxy runs, and one of its sockets does not do. Whatever the deployer makes of that, the file must not go where HAProxy does not follow.
/// </summary>
public sealed class SocketFaultTests
{
    private static readonly RuntimeClientOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(300) };

    /// <summary>Every branch with every fault of the stats socket and every kind of change.</summary>
    public static TheoryData<string, string, string> StatsFaults { get; } = new(
        from branch in HaproxyPrograms.Branches
        from fault in new[] { "missing", "hanging", "half a line", "garbage", "empty", "cut", "endless" }
        from change in branch == "2.6" ? new[] { "move", "open" } : ["move"]
        select (branch, fault, change));

    [Theory]
    [MemberData(nameof(StatsFaults))]
    public async Task ApplyAsync_stats_socket_that_does_not_do_leaves_file_and_HAProxy_agreed(string branch, string fault, string kind)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var change = bed.Change(kind);
        await using var socket = Faulty(fault);
        var stats = socket?.Client(Impatient) ?? new RuntimeClient(RuntimeEndpoint.Unix(Path.Combine(bed.Instance.Folder, "none.sock")), Impatient);
        var deployer = bed.Deployer(new FaultParts { Stats = stats, ReloadTimeout = TimeSpan.FromSeconds(1) });

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.False(attempt.Outcome is DeploymentOutcome.Unchanged, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    /// <summary>The socket fails only after the deployer has seen the running state through it, at the first command.</summary>
    [Theory]
    [InlineData("2.6", "missing")]
    [InlineData("3.0", "missing")]
    [InlineData("3.2", "missing")]
    [InlineData("2.6", "half a line")]
    [InlineData("3.2", "garbage")]
    [InlineData("3.2", "hanging")]
    public async Task ApplyAsync_stats_socket_that_fails_at_the_command_leaves_file_and_HAProxy_agreed(string branch, string fault)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        await using var socket = new FailingSocket(bed.Instance.StatsSocket, fault, "set server");
        var deployer = bed.Deployer(new FaultParts { Stats = new RuntimeClient(socket.Endpoint, Impatient), ReloadTimeout = TimeSpan.FromSeconds(3) });
        var change = bed.Move();

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.True(socket.Failures > 0, $"the command was never sent: {attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    [Theory]
    [InlineData("2.6", "user")]
    [InlineData("3.0", "user")]
    [InlineData("3.2", "user")]
    [InlineData("2.6", "operator")]
    [InlineData("3.2", "operator")]
    public async Task ApplyAsync_stats_socket_of_a_lower_level_leaves_file_and_HAProxy_agreed(string branch, string level)
    {
        await using var bed = await FaultBed.StartAsync(branch, $"global\n  stats socket {{dir}}/low.sock level {level}\n");
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(Path.Combine(bed.Instance.Folder, "low.sock")));
        foreach (var change in new[] { bed.Move(), FaultBed.Open(Ports.Take()) })
        {
            var attempt = await FaultAttempt.OfAsync(bed.Deployer(new FaultParts { Stats = stats }), change.Request);

            Assert.False(attempt.Outcome is DeploymentOutcome.Unchanged, $"{attempt}");
            await Aftermath.AssertAsync(bed, attempt, change);
        }
    }

    [Theory]
    [MemberData(nameof(FaultBed.Changes), MemberType = typeof(FaultBed))]
    public async Task ApplyAsync_master_socket_missing_leaves_file_and_HAProxy_agreed(string branch, string kind)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var change = bed.Change(kind);
        var deployer = bed.Deployer(new FaultParts
        {
            Master = RuntimeEndpoint.Unix(Path.Combine(bed.Instance.Folder, "no-master.sock")),
            ReloadTimeout = TimeSpan.FromSeconds(2),
        });

        var attempt = await FaultAttempt.OfAsync(deployer, change.Request);

        Assert.False(attempt.Outcome is DeploymentOutcome.Unchanged, $"{attempt}");
        await Aftermath.AssertAsync(bed, attempt, change);
    }

    private static FakeRuntimeSocket? Faulty(string fault) => fault switch
    {
        "hanging" => FakeRuntimeSocket.HangingAfter(""),
        "half a line" => FakeRuntimeSocket.HangingAfter("Name: HAProxy\nVersi"),
        "garbage" => FakeRuntimeSocket.Answering("\x01\u00ff<html>502</html>\r\n\n\n;;;,,,\n\n"),
        "empty" => FakeRuntimeSocket.Answering(""),
        "cut" => FakeRuntimeSocket.ResettingAtOnce(),
        "endless" => FakeRuntimeSocket.Repeating("Unknown command, but maybe one of the following ones is a better match:\n"),
        _ => null,
    };
}
