using System.Security.Cryptography;
using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A configuration file as it was at one instant: its bytes, their hash, and what the system says of it.
/// </summary>
public sealed record ConfigRevision
{
    /// <summary>The bytes of the file.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The SHA-256 of <see cref="Content"/>, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The full name of the file that was read, with all links resolved.</summary>
    public required string ResolvedPath { get; init; }

    /// <summary>The permission bits.</summary>
    public required UnixFileMode Mode { get; init; }

    /// <summary>The number of the user who owns the file.</summary>
    public required uint UserId { get; init; }

    /// <summary>The number of the group that owns the file.</summary>
    public required uint GroupId { get; init; }

    /// <summary>When the content was last written.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The hash that a revision with this content has.</summary>
    /// <param name="content">The bytes of a file.</param>
    /// <returns>The SHA-256, 64 lower-case hexadecimal digits.</returns>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether another revision has the same bytes, whenever and wherever it was read.</summary>
    /// <param name="other">The revision to compare with.</param>
    /// <returns>True when the contents are equal.</returns>
    public bool HasContentOf(ConfigRevision other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Hash, other.Hash, StringComparison.Ordinal);
    }

    /// <summary>Two revisions are equal when content, name, owner, mode and time are.</summary>
    /// <param name="other">The revision to compare with.</param>
    /// <returns>True when both are the same.</returns>
    public bool Equals(ConfigRevision? other) =>
        other is not null
        && HasContentOf(other)
        && string.Equals(ResolvedPath, other.ResolvedPath, StringComparison.Ordinal)
        && Mode == other.Mode
        && UserId == other.UserId
        && GroupId == other.GroupId
        && ModifiedAt == other.ModifiedAt;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hash, ResolvedPath, ModifiedAt);

    internal static ConfigRevision From(ReadOnlyMemory<byte> content, string hash, string resolvedPath, in FileStatus status) =>
        new()
    {
        Content = content,
        Hash = hash,
        ResolvedPath = resolvedPath,
        Mode = status.Mode,
        UserId = status.UserId,
        GroupId = status.GroupId,
        ModifiedAt = status.ModifiedAt,
    };
}
