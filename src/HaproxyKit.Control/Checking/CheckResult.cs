using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>HAProxy's judgement of a configuration (management guide, chapter 3, option <c>-c</c>).</summary>
public sealed record CheckResult
{
    /// <summary>The judgement. The exit code decides; messages come second, since an alert may appear with success.</summary>
    public required CheckVerdict Verdict { get; init; }

    /// <summary>The program's exit code, or null where it did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>HAProxy's messages with their places.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Two results are equal when all their members are.</summary>
    /// <param name="other">The result to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(CheckResult? other) =>
        other is not null && Verdict == other.Verdict && ExitCode == other.ExitCode && Duration == other.Duration && Diagnostics.SequenceEqual(other.Diagnostics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Verdict, ExitCode, Diagnostics.Length);
}
