namespace HaproxyKit.Syntax;

/// <summary>
/// A reference to an environment variable as it stands in a word: <c>$NAME</c>, <c>${NAME}</c>,
/// <c>${NAME[*]-default}</c>.
/// </summary>
internal readonly ref struct VariableReference
{
    internal required ReadOnlySpan<byte> Raw { get; init; }

    internal required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The bytes between <c>-</c> and the brace, as they are.</summary>
    internal ReadOnlySpan<byte> Default { get; init; }

    internal bool HasDefault { get; init; }

    /// <summary>Whether the value is split on blanks into several words, <c>[*]</c>.</summary>
    internal bool SplitsWords { get; init; }
}
