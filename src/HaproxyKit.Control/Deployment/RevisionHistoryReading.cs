using System.Collections.Immutable;

namespace HaproxyKit.Control.Deployment;

/// <summary>What a <see cref="RevisionHistory"/> holds.</summary>
/// <param name="Entries">The changes, the newest first.</param>
/// <param name="Skipped">The files that hold no whole change, each with the reason; they are left where they are until they are the oldest.</param>
public sealed record RevisionHistoryReading(ImmutableArray<RevisionHistoryEntry> Entries, ImmutableArray<string> Skipped)
{
    /// <summary>The changes that the file holds and nobody has undone, the newest first; undoing is no such change itself.</summary>
    public IEnumerable<RevisionHistoryEntry> Standing
    {
        get
        {
            var undone = Entries.Where(entry => entry.IsInFile).SelectMany(entry => entry.Undoes).ToHashSet();
            return Entries.Where(entry => entry.IsInFile && entry.Undoes.IsEmpty && !undone.Contains(entry.Number));
        }
    }

    /// <summary>Two readings are equal when they hold the same.</summary>
    /// <param name="other">The reading to compare with.</param>
    /// <returns>True when entries and skipped files are equal.</returns>
    public bool Equals(RevisionHistoryReading? other) =>
        other is not null && Entries.SequenceEqual(other.Entries) && Skipped.SequenceEqual(other.Skipped);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Entries.Length, Skipped.Length);
}
