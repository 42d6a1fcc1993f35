using HaproxyKit.Diagnostics;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The truth about a command: one of a closed set, so that each caller gets the answer that fits.</summary>
public abstract record MappingOutcome
{
    private MappingOutcome()
    {
    }

    /// <summary>
    /// HAProxy follows, at this moment, what was asked for. Answered with 200. Where <see cref="Warnings"/> say so, an operator keeps the node out of
    /// service by hand.
    /// </summary>
    public sealed record Served : MappingOutcome
    {
        /// <summary>What was done.</summary>
        public required MappingChange Change { get; init; }

        /// <summary>The process id of the worker that serves it, or null where it was not asked.</summary>
        public int? WorkerPid { get; init; }

        /// <summary>The revision of the configuration file that holds it.</summary>
        public required string Revision { get; init; }

        /// <summary>True where HAProxy was reloaded for it.</summary>
        public bool Reloaded { get; init; }

        /// <summary>
        /// What the caller had better know although all is as asked for, a sentence each: that an operator keeps its node out of service, say.
        /// </summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];

        /// <inheritdoc/>
        public bool Equals(Served? other) =>
            other is not null
            && Change == other.Change
            && WorkerPid == other.WorkerPid
            && string.Equals(Revision, other.Revision, StringComparison.Ordinal)
            && Reloaded == other.Reloaded
            && Warnings.SequenceEqual(other.Warnings, StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Change, WorkerPid, Revision, Reloaded);
    }

    /// <summary>The frontend port belongs to somebody else. Answered with 409.</summary>
    public sealed record Conflict : MappingOutcome
    {
        /// <summary>Who has it.</summary>
        public required ConflictReason Reason { get; init; }

        /// <summary>What is in the way, as one sentence that the caller may read.</summary>
        public required string Message { get; init; }

        /// <summary>What helps, or null.</summary>
        public string? Hint { get; init; }
    }

    /// <summary>
    /// HAProxy refuses the configuration with this mapping in it; it was taken out again. Answered with 422.
    /// </summary>
    public sealed record Refused : MappingOutcome
    {
        /// <summary>HAProxy's messages.</summary>
        public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

        /// <inheritdoc/>
        public bool Equals(Refused? other) => other is not null && Diagnostics.SequenceEqual(other.Diagnostics);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(typeof(Refused), Diagnostics.Count);
    }

    /// <summary>HAProxy refuses lines that are not ours; the caller is not to blame. Answered with 503.</summary>
    public sealed record OperatorConfigurationInvalid : MappingOutcome
    {
        /// <summary>HAProxy's messages.</summary>
        public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

        /// <inheritdoc/>
        public bool Equals(OperatorConfigurationInvalid? other) =>
            other is not null && Diagnostics.SequenceEqual(other.Diagnostics);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(typeof(OperatorConfigurationInvalid), Diagnostics.Count);
    }

    /// <summary>
    /// HAProxy cannot be reached, or did not follow; the mapping is kept and tried again. Answered with 503.
    /// </summary>
    public sealed record Unreachable : MappingOutcome
    {
        /// <summary>What failed, as one sentence that the caller may read.</summary>
        public required string Message { get; init; }
    }

    /// <summary>
    /// The configuration file, or the folder of the wanted mappings, cannot be read or written; what HAProxy serves stays. Answered with 503.
    /// </summary>
    public sealed record ConfigurationUnavailable : MappingOutcome
    {
        /// <summary>What is in the way, as one sentence that the caller may read.</summary>
        public required string Message { get; init; }
    }

    /// <summary>It is not done yet, and the work goes on; the same call again joins it. Answered with 503.</summary>
    public sealed record TimedOut : MappingOutcome
    {
        /// <summary>When to ask again.</summary>
        public required TimeSpan RetryAfter { get; init; }
    }

    /// <summary>Policy forbids it. Answered with 403.</summary>
    public sealed record Forbidden : MappingOutcome
    {
        /// <summary>What is forbidden.</summary>
        public required IReadOnlyList<FieldProblem> Problems { get; init; }

        /// <inheritdoc/>
        public bool Equals(Forbidden? other) => other is not null && Problems.SequenceEqual(other.Problems);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(typeof(Forbidden), Problems.Count);
    }

    /// <summary>Too much waits already. Answered with 429.</summary>
    public sealed record Busy : MappingOutcome
    {
        /// <summary>When to ask again.</summary>
        public required TimeSpan RetryAfter { get; init; }
    }
    /// <summary>The token's quota is used up. Answered with 429.</summary>
    public sealed record QuotaExceeded : MappingOutcome
    {
        /// <summary>Which quota, as one sentence that the caller may read.</summary>
        public required string Message { get; init; }

        /// <summary>When to ask again.</summary>
        public required TimeSpan RetryAfter { get; init; }
    }

    /// <summary>
    /// The call was signed no later than the last one of its node that was taken: it is sent a second time.
    /// Answered with 401.
    /// </summary>
    public sealed record Replayed : MappingOutcome
    {
        /// <summary>When the last one was signed.</summary>
        public required DateTimeOffset LastSignedAt { get; init; }
    }
}
