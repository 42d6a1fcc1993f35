using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>The outcome of <c>haproxy -c</c>.</summary>
public sealed record CheckResult
{
    /// <summary>The verdict, from the exit code.</summary>
    public required CheckVerdict Verdict { get; init; }

    /// <summary>The exit code, or null where HAProxy did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>HAProxy's messages, in its order, with the candidate's own name; and what we have to add.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>All that HAProxy wrote, up to a limit, with the candidate's own name.</summary>
    public string Output { get; init; } = "";

    /// <summary>How long HAProxy took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the configuration may be loaded: accepted, and with a listener.</summary>
    public bool IsAccepted => Verdict == CheckVerdict.Accepted;

    /// <summary>Two results are equal when verdict, exit code, messages, output and duration are.</summary>
    /// <param name="other">The result to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(CheckResult? other) =>
        other is not null
        && Verdict == other.Verdict
        && ExitCode == other.ExitCode
        && Duration == other.Duration
        && string.Equals(Output, other.Output, StringComparison.Ordinal)
        && Diagnostics.SequenceEqual(other.Diagnostics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Verdict, ExitCode, Diagnostics.Count, Output);
}
