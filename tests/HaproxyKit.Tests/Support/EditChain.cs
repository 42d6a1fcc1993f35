namespace HaproxyKit.Tests.Support;

/// <summary>A text and edits to it, one after another.</summary>
/// <param name="Text">The text at first.</param>
/// <param name="Edits">The edits in their order.</param>
public sealed record EditChain(byte[] Text, LineEdit[] Edits)
{
    /// <summary>The chain as the report of a failed law shows it.</summary>
    /// <returns>The text and the edits.</returns>
    public override string ToString() =>
        $"\"{Latin1.Text(Text).Replace("\n", "\\n", StringComparison.Ordinal)}\" {string.Join(" ", Edits.Select(edit => edit.ToString()))}";
}
