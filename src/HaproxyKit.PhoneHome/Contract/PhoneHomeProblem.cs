namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// The body of every other answer: problem details (RFC 9457) of media type <c>application/problem+json</c>.
/// </summary>
public sealed record PhoneHomeProblem
{
    /// <summary>The media type of this body.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>
    /// What kind of problem it is: one of <see cref="ProblemTypes"/>, which never change their meaning.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The status code of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Every field that is wrong or forbidden, <see cref="PhoneHomeLimits.MaxProblems"/> at most; null where none is.
    /// </summary>
    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    /// <summary>HAProxy's own messages, or null.</summary>
    public IReadOnlyList<ProblemDiagnostic>? Diagnostics { get; init; }

    /// <inheritdoc/>
    public bool Equals(PhoneHomeProblem? other) =>
        other is not null
        && (Type, Title, Status, Detail) == (other.Type, other.Title, other.Status, other.Detail)
        && (Errors ?? []).SequenceEqual(other.Errors ?? [])
        && (Diagnostics ?? []).SequenceEqual(other.Diagnostics ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Title, Status, Detail);
}
