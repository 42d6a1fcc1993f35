using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>A place that a finding may be about later, as small as it can be kept.</summary>
/// <param name="Document">The document.</param>
/// <param name="Section">The section of the line.</param>
/// <param name="Index">The line's index in the section.</param>
/// <param name="Number">The line in the file, counted from 1.</param>
/// <param name="Offset">The offset of its first byte in the file.</param>
/// <param name="Span">The bytes meant, from the start of the line.</param>
/// <param name="Branch">The branch that the line stands in.</param>
internal readonly record struct Site(
    ConfigDocument Document, SectionSyntax Section, int Index, int Number, int Offset, TextSpan Span, Branch? Branch)
{
    /// <summary>The line as <see cref="LinePlace"/>, which makes findings.</summary>
    internal LinePlace Place =>
        new(Document.Path, Number, Offset, Section[Index], IsInBranch: Branch is { IsCertain: false });
}
