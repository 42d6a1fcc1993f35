namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What would be done for a command, found out without doing any of it.</summary>
public sealed record MappingPlan
{
    /// <summary>What it would be for the caller; without meaning where <see cref="Refusal"/> is not null.</summary>
    public MappingChange Change { get; init; }

    /// <summary>
    /// Why the command would not be carried out now: what <see cref="IPhoneHome.SubmitAsync"/> would say. Null where it would.
    /// </summary>
    public MappingOutcome? Refusal { get; init; }

    /// <summary>
    /// The steps that are about the caller's own mapping, or about HAProxy as a whole, each as one line for people; none where HAProxy follows
    /// already.
    /// </summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>
    /// How many steps besides are about what others have: somebody's hand edit would be repaired, or lines of the operator's be loaded, on the
    /// way. Whose, and what they are, is nothing that the caller may know.
    /// </summary>
    public int StepsForOthers { get; init; }

    /// <summary>Whether HAProxy would have to be reloaded.</summary>
    public bool NeedsReload { get; init; }

    /// <summary>The revision of the configuration file on which it was planned, or null where it was not looked at.</summary>
    public string? Revision { get; init; }

    /// <inheritdoc/>
    public bool Equals(MappingPlan? other) =>
        other is not null
        && (Change, Refusal, StepsForOthers, NeedsReload, Revision) == (other.Change, other.Refusal, other.StepsForOthers, other.NeedsReload, other.Revision)
        && Steps.SequenceEqual(other.Steps, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Change, Refusal, NeedsReload, Revision, Steps.Count);
}
