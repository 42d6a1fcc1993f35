using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>
/// After any sequence of calls, lapses, restarts and hand edits, HAProxy's file, what HAProxy serves and what the webhook says are what callers
/// were told. HAPROXYKIT_LAW_FACTOR=10 is the long form: 2,000 sequences with a HAProxy in memory and 60 with real ones.
/// </summary>
public sealed class MappingReconcilerProperties
{
    private const int PortCount = 4;

    private static readonly int OwnPort = Ports.Take();
    private static readonly int[] MappedPorts = [.. Enumerable.Range(0, PortCount).Select(_ => Ports.Take())];

    private static readonly Gen<int> AnyPort = Gen.Choose(0, PortCount - 1);
    private static readonly Gen<int> AnyOwner = Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)));
    private static readonly Gen<int> AnyNode = Gen.Choose(0, 3);

    private static readonly Gen<ReconcilingStep> AnyStep = Gen.Frequency(
        (12, from port in AnyPort from owner in AnyOwner from node in AnyNode from address in Gen.Choose(0, 2) select (ReconcilingStep)new ReconcilingStep.Add(port, owner, node, address)),
        (2, from owner in AnyOwner from node in AnyNode from address in Gen.Choose(0, 2) select (ReconcilingStep)new ReconcilingStep.AddTogether(owner, node, address)),
        (4, from port in AnyPort from owner in AnyOwner from node in AnyNode select (ReconcilingStep)new ReconcilingStep.Goodbye(port, owner, node)),
        (3, from port in AnyPort from node in AnyNode select (ReconcilingStep)new ReconcilingStep.Lapse(port, node)),
        (2, AnyPort.Select(port => (ReconcilingStep)new ReconcilingStep.EditInside(port))),
        (6, Gen.Elements<ReconcilingStep>(
            new ReconcilingStep.RestartWebhook(), new ReconcilingStep.RestartHaproxy(), new ReconcilingStep.EditOutside(),
            new ReconcilingStep.DropAll(), new ReconcilingStep.Break(), new ReconcilingStep.Mend(), new ReconcilingStep.Maintain())));

    private static readonly Arbitrary<ReconcilingStep[]> Sequences = Arb.From(
        Gen.Sized(size => Gen.Choose(1, 4 + (size / 5)).SelectMany(count => Gen.ArrayOf(AnyStep, count))), Shorter);

    [Fact]
    public void What_callers_were_told_is_in_the_file_and_in_HAProxy_after_any_sequence() =>
        Laws.Check(Sequences, sequence => RunAsync(sequence, program: null).GetAwaiter().GetResult(), cases: 200);

    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public void What_callers_were_told_is_in_the_file_and_in_a_real_HAProxy_after_any_sequence(string branch) =>
        Laws.Check(Sequences, sequence => RunAsync(sequence, HaproxyPrograms.Of(branch)).GetAwaiter().GetResult(), cases: 2);

    /// <summary>The sequence that long forms of the law have found, shrunk.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public Task A_node_is_served_that_a_template_run_gives_the_server_of_one_that_went_before_a_restart(string? branch) => RunAsync(
        [
            new ReconcilingStep.AddTogether(Owner: 0, Node: 2, Address: 2),
            new ReconcilingStep.AddTogether(Owner: 0, Node: 3, Address: 1),
            new ReconcilingStep.Lapse(Port: 1, Node: 2),
            new ReconcilingStep.RestartWebhook(),
            new ReconcilingStep.DropAll(),
        ],
        branch is null ? null : HaproxyPrograms.Of(branch));

    private static IEnumerable<ReconcilingStep[]> Shorter(ReconcilingStep[] sequence) =>
        sequence.Length == 1 ? [] : Enumerable.Range(0, sequence.Length).Select(left => sequence.Where((_, i) => i != left).ToArray());

    private static async Task RunAsync(ReconcilingStep[] sequence, string? program)
    {
        await using var bed = await ReconcilingBed.StartAsync(OwnPort, MappedPorts, program);
        foreach (var step in sequence)
            await bed.TakeAsync(step);
        await bed.CompareAsync();
    }
}
