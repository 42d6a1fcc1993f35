namespace HaproxyKit.Comparison;

/// <summary>
/// A line that decides about other lines: a condition of the preprocessor, or a scope.
/// </summary>
/// <param name="Section">The section in which it is written, by its place in the document.</param>
/// <param name="Line">The line's index in that section.</param>
/// <param name="Key">The same number for lines that HAProxy reads alike.</param>
/// <param name="Keyword">Its first word; empty for a scope.</param>
internal readonly record struct StructureLine(int Section, int Line, int Key, string Keyword)
{
    internal bool IsScope => Keyword.Length == 0;

    internal bool OpensBranch => Keyword is ".if" or ".elif" or ".else";
}
