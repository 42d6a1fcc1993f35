namespace HaproxyKit.Catalog.Sources;

/// <summary>A range of versions in which HAProxy's lists say the same of a word.</summary>
/// <param name="Record">What they say.</param>
/// <param name="Since">The first version of the range.</param>
/// <param name="Removed">The first version behind it, or null.</param>
internal sealed record DumpedRun(CatalogRecord Record, string Since, string? Removed);
