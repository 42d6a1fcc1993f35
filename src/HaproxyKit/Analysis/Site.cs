using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>A place that a finding may be about later, as small as it can be kept.</summary>
/// <param name="Document">The document, by its place among those of the analysis.</param>
/// <param name="Number">The line in the file, counted from 1.</param>
/// <param name="Offset">The offset of its first byte in the file.</param>
/// <param name="Span">The bytes meant, from the start of the line.</param>
/// <param name="Branch">The branch that the line stands in, by its number; 0 outside of any.</param>
internal readonly record struct Site(int Document, int Number, int Offset, TextSpan Span, int Branch);
