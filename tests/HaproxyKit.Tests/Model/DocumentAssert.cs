using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

/// <summary>What must hold of a configuration after any edit.</summary>
internal static class DocumentAssert
{
    /// <summary>The document is what reading its text anew gives.</summary>
    internal static void IsAsIfParsed(ConfigDocument document)
    {
        var parsed = ConfigDocument.Parse(document.ToBytes());
        Assert.Equal(Describe(parsed), Describe(document));
        Assert.Equal((parsed.Length, parsed.LineCount, parsed.SectionCount), (document.Length, document.LineCount, document.SectionCount));
        foreach (var section in parsed.Sections)
        {
            Assert.Equal(parsed.FindSections(section.Kind, section.Name), document.FindSections(section.Kind, section.Name));
        }
    }

    /// <summary>Every handle stands where it says, and is of the type that its line demands.</summary>
    internal static void HandlesFit(HaproxyConfig config)
    {
        var lines = Lines(config.Document.ToBytes());
        var fresh = new HaproxyConfig(config.Document);
        foreach (var section in config.Sections)
        {
            Assert.False(section.IsRemoved);
            Assert.Same(config, section.Config);
            Assert.Equal(section.Syntax.Kind, section.Kind);
            foreach (var (directive, anew) in section.Directives.Zip(fresh.Sections[section.Ordinal].Directives))
            {
                Assert.Same(section, directive.Section);
                Assert.Equal(lines[directive.LineNumber - 1].TrimEnd('\n'), Latin(directive.LineBytes).TrimEnd('\n'));
                Assert.Equal((anew.LineNumber, anew.GetType()), (directive.LineNumber, directive.GetType()));
            }
        }
    }

    /// <summary>Nothing differs outside of some lines; a last line without its ending may have got one.</summary>
    /// <param name="before">The text before the edit.</param>
    /// <param name="after">The text behind it.</param>
    /// <param name="first">The first line that may differ, from 1.</param>
    /// <param name="count">How many lines may differ.</param>
    /// <returns>The lines taken out and those put in.</returns>
    internal static LineRun OnlyDiffersAt(byte[] before, byte[] after, int first, int count)
    {
        var (old, now) = (Lines(before), Lines(after));
        if (old.Count > 0 && !old[^1].EndsWith('\n') && now.Count >= old.Count && now[^1].EndsWith('\n') && now[old.Count - 1].TrimEnd('\r', '\n') == old[^1].TrimEnd('\r'))
        {
            old[^1] = now[old.Count - 1];
        }

        var behind = old.Count - (first - 1) - count;
        Assert.Equal(old[..(first - 1)], now[..(first - 1)]);
        Assert.Equal(old[^behind..], now[^behind..]);
        return Difference(old[(first - 1)..^behind], now[(first - 1)..^behind]);
    }

    internal static List<string> Lines(byte[] text)
    {
        var lines = new List<string>();
        for (var rest = Latin(text); rest.Length > 0;)
        {
            var end = rest.IndexOf('\n', StringComparison.Ordinal) is var lf and >= 0 ? lf + 1 : rest.Length;
            lines.Add(rest[..end]);
            rest = rest[end..];
        }

        return lines;
    }

    internal static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static LineRun Difference(List<string> before, List<string> after)
    {
        var first = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var same = before.Skip(first).Reverse().Zip(after.Skip(first).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return new LineRun(before[first..^same], after[first..^same]);
    }

    private static List<string> Describe(ConfigDocument document) =>
        [.. document.Sections.Select(s => $"{s.Kind} '{s.Name}' {s.LineCount} {s.HeaderLine} {Latin(s.Bytes.Span)} {string.Join(',', Enumerable.Range(0, s.LineCount + 1).Select(s.OffsetOfLine))}")];
}
