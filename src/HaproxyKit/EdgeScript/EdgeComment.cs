using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>A comment of an edge script: from a number sign to the end of the line.</summary>
/// <param name="Text">The comment without its number sign and the blanks around it; bytes that are no UTF-8 appear as U+FFFD.</param>
/// <param name="Span">Its bytes from the number sign on, as offsets in the whole script, without the line ending.</param>
/// <param name="IsAlone">Whether nothing but blanks stands before it on its line.</param>
public readonly record struct EdgeComment(string Text, TextSpan Span, bool IsAlone);
