namespace HaproxyKit.Model;

/// <summary>A branch of a condition in which a line stands (configuration manual, chapter 2.4).</summary>
/// <param name="Keyword"><c>.if</c>, <c>.elif</c> or <c>.else</c>.</param>
/// <param name="Expression">The words of the condition as written, with one blank between; empty for
/// <c>.else</c>.</param>
/// <param name="LineNumber">The line of the keyword in the file, from 1.</param>
public sealed record EnclosingCondition(string Keyword, string Expression, int LineNumber);
