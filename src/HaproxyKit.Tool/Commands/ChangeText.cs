using HaproxyKit.Comparison;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary>Writes changes for people, in colours where there are any.</summary>
internal static class ChangeText
{
    internal static void Write(ToolOutput output, IEnumerable<ConfigChange> changes)
    {
        foreach (var line in changes.SelectMany(change => change.Render().Split('\n')))
        {
            output.Line(line, line switch
            {
                _ when line.StartsWith("  -", StringComparison.Ordinal) => Colour.Red,
                _ when line.StartsWith("  +", StringComparison.Ordinal) => Colour.Green,
                _ => Colour.Cyan,
            });
        }
    }
}
