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

    /// <summary>The line, or the whole section, as it is written, without the last line ending.</summary>
    internal string Text => (Line?.Text ?? Section.ToString()).TrimEnd('\n', '\r');

    /// <summary>The decoded words of the line, or of the section's header.</summary>
    internal string[] Words
    {
        get
        {
            var syntax = Section.Syntax;
            var words = new List<string>();
            foreach (var word in syntax[syntax.HeaderLine + LineNumber - Section.LineNumber].Words)
            {
                words.Add(word.ToString());
            }

            return [.. words];
        }
    }

    private string SectionPath =>
        SectionKeywords.KeywordOf(Section.Kind) + (Section.Name.Length == 0 ? "" : "/" + Section.Name);
}
