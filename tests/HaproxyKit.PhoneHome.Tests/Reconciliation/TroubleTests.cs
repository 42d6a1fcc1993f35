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

        var answer = Assert.IsType<MappingOutcome.Unreachable>(await host.AddAsync(port));
        Assert.NotEmpty(answer.Message);
        if (trouble != "journal is a folder")
        {
            Assert.IsType<MappingOutcome.Unreachable>((await host.Reconciler.PlanAsync(ReconcilerHost.Command(MappingAction.Add, port), CancellationToken.None)).Refusal);
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        Directory.Move(path + ".away", path);
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port));
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(known));
        Assert.Contains($"bind 127.0.0.1:{port}", host.File);
        Assert.Contains($"bind 127.0.0.1:{known}", host.File);
        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
    }
}
