namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What a node has said last of its mapping.</summary>
/// <param name="node">The node's name, or null.</param>
/// <param name="said">What it has said.</param>
internal sealed class NodeVoice(string? node, SaidSettings said)
{
    private SaidSettings? _overruledBy;

    internal string? Node { get; } = node;

    internal SaidSettings Said { get; } = said;

    /// <summary>Notes that something else counts.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool IsNewsThat(SaidSettings counts) =>
        !counts.Equals(Volatile.Read(ref _overruledBy)) && !counts.Equals(Interlocked.Exchange(ref _overruledBy, counts));
}
