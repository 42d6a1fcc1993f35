using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>A part of a change that a <see cref="ReverseEdit"/> left as it is, because others have written there since.</summary>
/// <param name="Kind">The kind of the section.</param>
/// <param name="Section">The section's name, empty where it has none.</param>
/// <param name="Line">The line in the file as it is now, from 1; 0 where nothing of the part is left in it.</param>
/// <param name="Reason">Why it was left, in words.</param>
public readonly record struct ReverseEditObstacle(SectionKind Kind, string Section, int Line, string Reason)
{
    /// <summary>The obstacle for people.</summary>
    /// <returns>The place and the reason.</returns>
    public override string ToString()
    {
        var section = Kind == SectionKind.None
            ? "the text before the first section"
            : $"{SectionKeywords.KeywordOf(Kind)}{(Section.Length == 0 ? "" : $" '{Section}'")}";
        return Line > 0 ? $"{section}, line {Line}: {Reason}" : $"{section}: {Reason}";
    }
}
