namespace HaproxyKit.Model;

/// <summary>What became of the places that named something when it was renamed.</summary>
public sealed record RenameResult
{
    /// <summary>The places that have the new name now; their <see cref="Reference.Name"/> is the old one.</summary>
    public required IReadOnlyList<Reference> Followed { get; init; }

    /// <summary>
    /// The places that may mean it and were left as they are: names that are made at run time (<c>%[...]</c>) or from
    /// variables, and all places where something else has the old name, too.
    /// </summary>
    public required IReadOnlyList<Reference> NotFollowed { get; init; }

    /// <inheritdoc/>
    public bool Equals(RenameResult? other) =>
        other is not null && Followed.SequenceEqual(other.Followed) && NotFollowed.SequenceEqual(other.NotFollowed);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Followed.Count, NotFollowed.Count);
}
