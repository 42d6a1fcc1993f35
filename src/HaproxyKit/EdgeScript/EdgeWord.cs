using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>One word of an edge script as it is written there.</summary>
/// <param name="Text">The word; bytes that are no UTF-8 appear as U+FFFD.</param>
/// <param name="Span">Its bytes, as offsets in the whole script.</param>
public readonly record struct EdgeWord(string Text, TextSpan Span)
{
    /// <summary>The word as it is written.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
