namespace HaproxyKit.Model;

/// <summary>A value that counts for a proxy, and where it comes from.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value; null where nothing says one and HAProxy has none built in.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Conditional">
/// Lines about the same thing of which conditions decide: where one of them counts, it may say another value. In the
/// order in which HAProxy would read them.
/// </param>
public sealed record Effective<T>(T? Value, EffectiveSource Source, IReadOnlyList<Directive> Conditional)
{
    /// <inheritdoc/>
    public bool Equals(Effective<T>? other) =>
        other is not null
        && EqualityComparer<T>.Default.Equals(Value, other.Value)
        && Source == other.Source
        && Conditional.SequenceEqual(other.Conditional);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, Source, Conditional.Count);
}
