namespace HaproxyKit.Tests.Analysis;

/// <summary>The ways in which people break configurations.</summary>
public enum MutationKind
{
    MisspeltKeyword,
    WordDropped,
    WordAdded,
    BadNumber,
    BadAddress,
    SectionRenamed,
    ReferenceBroken,
    QuoteOpened,
    DirectiveMoved,
}
