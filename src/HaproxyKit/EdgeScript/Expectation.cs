namespace HaproxyKit.EdgeScript;

/// <summary>What could have stood at a place.</summary>
/// <param name="Label">How a message calls it.</param>
/// <param name="Keyword">The word itself where it is one word of the language, else null.</param>
internal sealed record Expectation(string Label, string? Keyword = null)
{
    /// <summary>The label alone, as Sprache asks for it.</summary>
    internal string[] Labels { get; } = [Label];
}
