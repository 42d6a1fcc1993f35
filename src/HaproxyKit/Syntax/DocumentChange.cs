namespace HaproxyKit.Syntax;

/// <summary>What an edit made of a document: which run of sections was replaced by which.</summary>
/// <param name="Document">The document after the edit.</param>
/// <param name="FirstSection">The first section that is not the old one any more.</param>
/// <param name="OldCount">How many old sections the run had.</param>
/// <param name="NewCount">How many sections stand there now.</param>
internal readonly record struct DocumentChange(ConfigDocument Document, int FirstSection, int OldCount, int NewCount);
