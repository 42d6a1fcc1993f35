using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>What the machine does to files and folders is told to callers as what it is, and is no defect.</summary>
public sealed class TroubleTests
{
    [Theory]
    [InlineData("state folder gone")]
    [InlineData("journal is a folder")]
    [InlineData("file gone")]
    [InlineData("file is a folder")]
    public async Task SubmitAsync_and_PlanAsync_tell_what_is_in_the_way_and_go_on_when_it_is_not(string trouble)
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (known, port) = (Ports.Take(), Ports.Take());
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(known));
        var path = trouble switch
        {
            "state folder gone" => host.StatePath,
            "journal is a folder" => Path.Combine(host.StatePath, MappingJournal.FileName),
            _ => host.Haproxy.ConfigPath,
        };
        Directory.Move(path, path + ".away");
        if (trouble.EndsWith("folder", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(path);
        }

        var answer = Assert.IsType<MappingOutcome.ConfigurationUnavailable>(await host.AddAsync(port));
        Assert.NotEmpty(answer.Message);
        Assert.Contains(host.Reconciler.Obstacle!, answer.Message);
        if (trouble != "journal is a folder")
        {
            Assert.IsType<MappingOutcome.ConfigurationUnavailable>((await host.Reconciler.PlanAsync(ReconcilerHost.Command(MappingAction.Add, port), CancellationToken.None)).Refusal);
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        Directory.Move(path + ".away", path);
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(known));
        await Eventually.TrueAsync(() => host.Reconciler.Obstacle is null, "nothing is told to be in the way");
        Assert.Contains($"bind 127.0.0.1:{port}", host.File);
        Assert.Contains($"bind 127.0.0.1:{known}", host.File);
        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
    }

    /// <summary>Whoever is told that it is not ready may get no calls that would show it otherwise.</summary>
    [Fact]
    public async Task Obstacle_is_told_until_a_pass_gets_through_which_needs_no_call()
    {
        await using var host = await ReconcilerHost.StartAsync(configure: options => options.MaintenanceInterval = TimeSpan.FromSeconds(1));
        Assert.Null(host.Reconciler.Obstacle);
        File.Move(host.Haproxy.ConfigPath, host.Haproxy.ConfigPath + ".away");
        Assert.IsType<MappingOutcome.ConfigurationUnavailable>(await host.AddAsync(Ports.Take()));
        Assert.Contains(host.Haproxy.ConfigPath, host.Reconciler.Obstacle);

        File.Move(host.Haproxy.ConfigPath + ".away", host.Haproxy.ConfigPath);

        await Eventually.TrueAsync(() => host.Reconciler.Obstacle is null, "nothing is told to be in the way");
    }

    [Fact]
    public async Task Obstacle_is_not_over_with_a_pass_that_has_nothing_to_write_while_nothing_can_be_written()
    {
        await using var host = await ReconcilerHost.StartAsync();
        File.Move(host.Haproxy.ConfigPath, host.Haproxy.ConfigPath + ".away");
        Assert.IsType<MappingOutcome.ConfigurationUnavailable>(await host.AddAsync(Ports.Take()));
        File.Move(host.Haproxy.ConfigPath + ".away", host.Haproxy.ConfigPath);
        var inTheWay = Directory.CreateDirectory(Path.Combine(host.StatePath, "probe"));

        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        using (await host.LockAsync())
        {
            Assert.Contains(inTheWay.FullName, host.Reconciler.Obstacle);
        }

        inTheWay.Delete();
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        using (await host.LockAsync())
        {
            Assert.Null(host.Reconciler.Obstacle);
        }
    }
}
