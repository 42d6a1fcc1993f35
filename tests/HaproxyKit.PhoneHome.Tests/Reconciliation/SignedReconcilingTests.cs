using System.Globalization;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Signed calls on their way through the reconciler, before a real HAProxy (rule 21).</summary>
public sealed class SignedReconcilingTests
{
    [Fact]
    public async Task Signed_call_that_changes_nothing_writes_nothing_and_is_known_all_the_same()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (port, start) = (Ports.Take(), TimeProvider.System.GetUtcNow());
        var journal = Path.Combine(host.StatePath, MappingJournal.FileName);
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, start));
        Assert.Equal(start, SignedAt(host, port));
        var written = await File.ReadAllBytesAsync(journal);

        // Whatever writes a file does so in a pass, and no pass begins without this lock.
        using (await host.LockAsync())
        {
            for (var call = 1; call <= 100; call++)
            {
                var answer = CallAsync(host, port, start.AddTicks(call));
                Assert.True(answer.IsCompletedSuccessfully, $"call {call} waits");
                Assert.Equal(MappingChange.Unchanged, Assert.IsType<MappingOutcome.Served>(await answer).Change);
            }

            Assert.Equal(start.AddTicks(100), Assert.IsType<MappingOutcome.Replayed>(await CallAsync(host, port, start.AddTicks(100))).LastSignedAt);
            Assert.IsType<MappingOutcome.Replayed>(await CallAsync(host, port, start.AddTicks(50)));
            Assert.Equal(written, await File.ReadAllBytesAsync(journal));
        }

        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Equal(start.AddTicks(100), SignedAt(host, port));
    }

    /// <summary>Else a kill soon after it would let it be sent again: what the journal knows would make its caller's clock seem to be behind.</summary>
    [Fact]
    public async Task Signed_call_that_came_much_quicker_than_those_before_is_in_the_journal_before_its_answer()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (port, start) = (Ports.Take(), TimeProvider.System.GetUtcNow());
        var journal = Path.Combine(host.StatePath, MappingJournal.FileName);
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, start.AddMinutes(-1)));

        var quick = TimeProvider.System.GetUtcNow();
        Assert.Equal(MappingChange.Unchanged, Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, quick)).Change);
        Assert.Contains(quick.UtcTicks.ToString(CultureInfo.InvariantCulture), await File.ReadAllTextAsync(journal));

        var written = await File.ReadAllBytesAsync(journal);
        using (await host.LockAsync())
        {
            Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, quick.AddTicks(1)).WaitAsync(TimeSpan.FromSeconds(10)));
        }

        Assert.Equal(written, await File.ReadAllBytesAsync(journal));
    }

    [Fact]
    public async Task Signed_call_that_is_sent_again_changes_nothing_and_a_goodbye_is_not_undone_by_it()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (port, start) = (Ports.Take(), TimeProvider.System.GetUtcNow());
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, start));
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, port, start.AddSeconds(1), "127.0.0.3"));
        Assert.IsType<MappingOutcome.Replayed>(await CallAsync(host, port, start));
        Assert.Contains("127.0.0.3:9", host.File);
        Assert.IsType<MappingOutcome.Replayed>((await host.Reconciler.PlanAsync(Command(port, start, "127.0.0.2", MappingAction.Add), CancellationToken.None)).Refusal);

        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(Command(port, start.AddSeconds(2), "127.0.0.3", MappingAction.Delete), CancellationToken.None));
        Assert.IsType<MappingOutcome.Replayed>(await CallAsync(host, port, start.AddSeconds(1), "127.0.0.3"));
        Assert.Empty(host.Reconciler.Mappings.SelectMany(mapping => mapping.Nodes));

        // What was refused and is asked for again within one pass is not taken for its own replay.
        Assert.All(
            await Task.WhenAll(Enumerable.Range(3, 5).Select(second => CallAsync(host, port, start.AddSeconds(second)))),
            answer => Assert.IsType<MappingOutcome.Served>(answer));
    }

    private static DateTimeOffset? SignedAt(ReconcilerHost host, int port) =>
        Assert.Single(host.Reconciler.Mappings, mapping => mapping.FrontendPort == port).Nodes.Single().SignedAt;

    private static Task<MappingOutcome> CallAsync(ReconcilerHost host, int port, DateTimeOffset signedAt, string address = "127.0.0.2") =>
        host.Reconciler.SubmitAsync(Command(port, signedAt, address, MappingAction.Add), CancellationToken.None);

    private static MappingCommand Command(int port, DateTimeOffset signedAt, string address, MappingAction action) =>
        ReconcilerHost.Command(action, port, address) with { SignedAt = signedAt };
}
