using System.Collections.Immutable;

namespace HaproxyKit.Control.Deployment;

/// <summary>A change of a configuration file that was made: what was, what came, and what became of it.</summary>
public sealed record RevisionHistoryEntry
{
    /// <summary>The change's number, from 1; numbers rise and are not used again while a later change is kept.</summary>
    public int Number { get; init; }

    /// <summary>When it was noted.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The whole file before the change.</summary>
    public required ReadOnlyMemory<byte> Before { get; init; }

    /// <summary>The whole file as the change left it.</summary>
    public required ReadOnlyMemory<byte> After { get; init; }

    /// <summary>How it ended.</summary>
    public required DeploymentOutcome Outcome { get; init; }

    /// <summary>What made it, for people: a command and who gave it, or the part of a program.</summary>
    public required string Origin { get; init; }

    /// <summary>What was done, for people, a text a step.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>The numbers of the changes that this one undid; empty where it is a change of its own.</summary>
    public ImmutableArray<int> Undoes { get; init; } = [];

    /// <summary>Whether the file holds it since, HAProxy following or not yet running.</summary>
    public bool IsInFile => Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unreachable;

    /// <summary>Two entries are equal when they are of the same change.</summary>
    /// <param name="other">The entry to compare with.</param>
    /// <returns>True when numbers, times and contents are equal.</returns>
    public bool Equals(RevisionHistoryEntry? other) =>
        other is not null
        && Number == other.Number
        && Time == other.Time
        && Outcome == other.Outcome
        && string.Equals(Origin, other.Origin, StringComparison.Ordinal)
        && Steps.SequenceEqual(other.Steps)
        && Undoes.SequenceEqual(other.Undoes)
        && Before.Span.SequenceEqual(other.Before.Span)
        && After.Span.SequenceEqual(other.After.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Time, Outcome);
}
