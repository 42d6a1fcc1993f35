namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Something that happens to a webhook and its HAProxy.</summary>
internal abstract record ReconcilingStep
{
    /// <summary>A node announces itself; with the same values once more it is a heartbeat.</summary>
    internal sealed record Add(int Port, int Owner, int Node, int Address) : ReconcilingStep;

    /// <summary>Nodes announce themselves in the same moment, each on a port of its own.</summary>
    internal sealed record AddTogether(int Owner, int Node, int Address) : ReconcilingStep;

    /// <summary>A node says goodbye; node 0 is the whole mapping.</summary>
    internal sealed record Goodbye(int Port, int Owner, int Node) : ReconcilingStep;

    /// <summary>A node has not called for its lease.</summary>
    internal sealed record Lapse(int Port, int Node) : ReconcilingStep;

    internal sealed record RestartWebhook : ReconcilingStep;

    internal sealed record RestartHaproxy : ReconcilingStep;

    /// <summary>Somebody writes another address into a section of ours.</summary>
    internal sealed record EditInside(int Port) : ReconcilingStep;

    /// <summary>Somebody adds a comment and a backend to the operator's part.</summary>
    internal sealed record EditOutside : ReconcilingStep;

    /// <summary>A template run writes the operator's part, and nothing of ours.</summary>
    internal sealed record DropAll : ReconcilingStep;

    /// <summary>The operator's part gets a line that HAProxy refuses, so that it refuses each candidate.</summary>
    internal sealed record Break : ReconcilingStep;

    internal sealed record Mend : ReconcilingStep;

    internal sealed record Maintain : ReconcilingStep;
}
