using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>An accepted configuration with one mistake in it.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="File">The name of the configuration.</param>
/// <param name="Line">The line that was changed, counted from 1.</param>
/// <param name="Before">That line before.</param>
/// <param name="After">That line, or what stands there now.</param>
/// <param name="Text">The whole text.</param>
internal sealed record Mutant(MutationKind Kind, string File, int Line, string Before, string After, byte[] Text)
{
    /// <summary>Whether a condition decides if HAProxy reads the line.</summary>
    internal bool IsInBranch
    {
        get
        {
            var before = System.Text.Encoding.Latin1.GetString(Text).Split('\n')[..(Line - 1)].Select(line => line.TrimStart()).ToList();
            return before.Count(line => line.StartsWith(".if", StringComparison.Ordinal))
                > before.Count(line => line.StartsWith(".endif", StringComparison.Ordinal));
        }
    }

    public override string ToString() => $"{Kind} {File}:{Line}: {Before.Trim()}  ->  {After.Trim()}";

    internal static Mutant Of(MutationKind kind, string file, string[] lines, int index, string after)
    {
        var changed = (string[])lines.Clone();
        changed[index] = after;
        return new Mutant(kind, file, index + 1, lines[index], after, Bytes(changed));
    }

    internal static byte[] Bytes(IEnumerable<string> lines) => Latin1.Bytes(string.Concat(lines.Select(line => line + "\n")));
}
