namespace HaproxyKit.Syntax;

/// <summary>Where a section of a document begins.</summary>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Line">Its first line, counted from 1.</param>
public readonly record struct SectionPosition(int Offset, int Line);
