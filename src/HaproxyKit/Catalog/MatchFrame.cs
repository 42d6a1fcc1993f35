namespace HaproxyKit.Catalog;

/// <summary>A signature that is being matched, and the step to go on with.</summary>
internal struct MatchFrame
{
    internal Signature Signature;
    internal CatalogEntry Entry;
    internal int Next;
}
