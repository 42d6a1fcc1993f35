using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The reverse of a change between two documents, for whatever the file holds by now: what the change did is undone, and what others have
/// written since stays, byte for byte.
/// </summary>
/// <remarks>
/// A section that still is as the change left it becomes what it was: one that was added goes, one that was removed comes back in its place.
/// In a section that others have changed too, the lines of the change are reversed where they still stand. What cannot be reversed so is left
/// and told. No line goes that the change did not add, none comes back that it did not remove, and applying it twice is applying it once.
/// </remarks>
public sealed class ReverseEdit
{
    private const string Inseparable = "what the change left cannot be told from what others have written since";
    private readonly ConfigDocument _before;
    private readonly ConfigDocument _after;
    private readonly Lazy<ReverseEditPairing> _pairing;

    private ReverseEdit(ConfigDocument before, ConfigDocument after)
    {
        (_before, _after) = (before, after);
        _pairing = new Lazy<ReverseEditPairing>(() => new ReverseEditPairing(before, after));
    }

    /// <summary>The reverse of a change. Nothing is compared before it is applied.</summary>
    /// <param name="before">The configuration before the change.</param>
    /// <param name="after">The configuration as the change left it.</param>
    /// <returns>The reverse edit, for any number of threads.</returns>
    public static ReverseEdit Between(ConfigDocument before, ConfigDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new ReverseEdit(before, after);
    }

    /// <summary>Undoes the change as far as it can be undone.</summary>
    /// <param name="current">What the file holds now.</param>
    /// <returns>The document without the change, which shares with <paramref name="current"/> whatever stays.</returns>
    public ConfigDocument Apply(ConfigDocument current) => Apply(current, out _);

    /// <summary>Undoes the change as far as it can be undone, and tells what was left.</summary>
    /// <param name="current">What the file holds now.</param>
    /// <param name="obstacles">What of the change stands there still; empty where all of it is undone.</param>
    /// <returns>The document without the change, which shares with <paramref name="current"/> whatever stays.</returns>
    public ConfigDocument Apply(ConfigDocument current, out ImmutableArray<ReverseEditObstacle> obstacles)
    {
        ArgumentNullException.ThrowIfNull(current);
        var reversed = ApplyOnce(current, out obstacles);
        if (ReferenceEquals(reversed, current) || AreSame(ApplyOnce(reversed, out _), reversed))
        {
            return reversed;
        }

        // Where a second time would undo more, the first cannot have known what it undid.
        obstacles = [new ReverseEditObstacle(SectionKind.None, "", 0, Inseparable)];
        return current;
    }

    private ConfigDocument ApplyOnce(ConfigDocument current, out ImmutableArray<ReverseEditObstacle> obstacles)
    {
        obstacles = [];
        return AreSame(current, _before) ? current
            : AreSame(current, _after) ? _before.WithPath(current.Path)
            : new ReverseEditRun(_pairing.Value, current).Apply(out obstacles);
    }

    /// <summary>Equal texts have equal sections; those that are shared are equal at a glance.</summary>
    private static bool AreSame(ConfigDocument one, ConfigDocument other) =>
        ReferenceEquals(one, other)
        || (one.Length == other.Length
            && one.SectionCount == other.SectionCount
            && one.Sections.Zip(other.Sections).All(pair => ReverseEditPairing.AreEqual(pair.First, pair.Second)));
}
