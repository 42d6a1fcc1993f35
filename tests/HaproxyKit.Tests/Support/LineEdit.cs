using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Support;

/// <summary>
/// One edit as a generator makes it: numbers of any size, which become a place in whatever document is at hand.
/// </summary>
/// <param name="Section">Chooses a section, or the end of the document.</param>
/// <param name="Line">Chooses a line of it, or its end.</param>
/// <param name="Count">Chooses how many lines go.</param>
/// <param name="Text">What comes in their place.</param>
public sealed record LineEdit(int Section, int Line, int Count, byte[] Text)
{
    internal (int Ordinal, int First, int Count) In(ConfigDocument document)
    {
        var ordinal = Section % (document.SectionCount + 1);
        var lines = ordinal == document.SectionCount ? 0 : document.GetSection(ordinal).LineCount;
        var first = Line % (lines + 1);
        return (ordinal, first, Count % (lines - first + 1));
    }

    internal ConfigDocument ApplyTo(ConfigDocument document)
    {
        var (ordinal, first, count) = In(document);
        return document.ReplaceLines(ordinal, first, count, Text);
    }

    /// <summary>The same edit on the bytes alone.</summary>
    internal byte[] ApplyToBytes(ConfigDocument document)
    {
        var (ordinal, first, count) = In(document);
        var bytes = document.ToBytes();
        if (ordinal == document.SectionCount)
        {
            return [.. bytes, .. Text];
        }

        var start = document.GetPosition(ordinal).Offset;
        var section = document.GetSection(ordinal);
        return [.. bytes[..(start + section.OffsetOfLine(first))], .. Text, .. bytes[(start + section.OffsetOfLine(first + count))..]];
    }

    /// <summary>The edit as the report of a failed law shows it.</summary>
    /// <returns>The numbers and the text.</returns>
    public override string ToString() => $"({Section}, {Line}, {Count}, \"{Latin1.Text(Text).Replace("\n", "\\n", StringComparison.Ordinal)}\")";
}
