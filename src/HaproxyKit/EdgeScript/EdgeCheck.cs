using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary><c>check every TIME fall N rise N</c>: how nodes are checked. Each of the three may be absent; they stand in any order.</summary>
public sealed class EdgeCheck
{
    internal EdgeCheck(TextSpan span) => Span = span;

    /// <summary>The bytes from <c>check</c> to its last word.</summary>
    public TextSpan Span { get; }

    /// <summary>The time between two checks as it is written, or null.</summary>
    public EdgeWord? Every { get; init; }

    /// <summary>How many failures take a node out, as it is written, or null.</summary>
    public EdgeWord? Fall { get; init; }

    /// <summary>How many successes take a node in again, as it is written, or null.</summary>
    public EdgeWord? Rise { get; init; }
}
