namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Which nodes have called, as it stands in the state folder: no times, since clocks can be set.</summary>
/// <param name="Sequence">How often it was written.</param>
/// <param name="Calls">By node, the number of the last write before which it had called.</param>
internal sealed record StoredCalls(long Sequence, IReadOnlyDictionary<string, long> Calls);
