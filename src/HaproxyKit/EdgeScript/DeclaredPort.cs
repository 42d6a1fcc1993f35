using System.Collections.Immutable;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// A port whose nodes announce themselves: <c>listen PORT as NAME to phone-home port N</c>. It makes no proxy in the configuration; whoever
/// takes the announcements makes one when the first node calls, and lets nobody else have the port or the name.
/// </summary>
/// <param name="Port">The port that clients connect to.</param>
/// <param name="Name">The name by which nodes announce themselves.</param>
/// <param name="NodePort">The port of the nodes.</param>
/// <param name="Check">How nodes are checked, or null where they are not.</param>
public sealed record DeclaredPort(int Port, string Name, int NodePort, HealthCheck? Check)
{
    /// <summary>The comments of the statement, without their number signs, in order.</summary>
    public ImmutableArray<string> Comments { get; init; } = [];

    /// <summary>Two declarations are equal when all that they say is equal, their comments too.</summary>
    /// <param name="other">The declaration to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(DeclaredPort? other) =>
        other is not null
        && Port == other.Port
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && NodePort == other.NodePort
        && Check == other.Check
        && Comments.SequenceEqual(other.Comments, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Port, Name, NodePort, Check, Comments.Length);
}
