namespace HaproxyKit.Syntax;

/// <summary>The words of one line in an environment.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Kind">What the line is.</param>
/// <param name="Words">The decoded words; not empty.</param>
public readonly record struct ExpandedLine(int Line, LineKind Kind, IReadOnlyList<byte[]> Words);
