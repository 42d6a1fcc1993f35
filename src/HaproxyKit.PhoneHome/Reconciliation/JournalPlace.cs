namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>An end of a journal as it was once.</summary>
/// <param name="Number">Which journal it is.</param>
/// <param name="Length">Its length, in bytes.</param>
/// <param name="Lines">How many lines it had.</param>
/// <param name="State">What it said.</param>
internal sealed record JournalPlace(string Number, long Length, int Lines, StoredState State);
