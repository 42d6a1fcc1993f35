using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary><c>listen PORT as NAME</c>: one port that the load balancer takes connections on, and where they go.</summary>
public sealed class ListenStatement : EdgeStatement
{
    internal ListenStatement(TextSpan span, int line, ImmutableArray<EdgeComment> comments)
        : base(span, line, comments)
    {
    }

    /// <summary>The port as it is written.</summary>
    public required EdgeWord Port { get; init; }

    /// <summary>The name as it is written.</summary>
    public required EdgeWord Name { get; init; }

    /// <summary>Where connections go; null only where the script does not say it or it was not understood, which a diagnostic tells.</summary>
    public EdgeTarget? Target { get; init; }

    /// <summary>How the nodes are checked, or null where they are not.</summary>
    public EdgeCheck? Check { get; init; }
}
