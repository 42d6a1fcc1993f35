using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Selection;

/// <summary>A section, or a line of it.</summary>
/// <param name="Section">The section.</param>
/// <param name="Line">The line, or null for the whole section.</param>
/// <param name="NamedArguments">How many of the line's arguments the selector named.</param>
internal sealed record Selected(Section Section, Directive? Line, int NamedArguments)
{
    /// <summary>The selector that means exactly this, where names are not used twice.</summary>
    internal string Path => Line is null
        ? SectionPath
        : string.Join('/', [SectionPath, Line.Keyword, .. Line.Arguments.Take(1).Select(argument => argument.Value)]);

    internal int LineNumber => Line?.LineNumber ?? Section.LineNumber;

    private string SectionPath =>
        SectionKeywords.KeywordOf(Section.Kind) + (Section.Name.Length == 0 ? "" : "/" + Section.Name);
}
