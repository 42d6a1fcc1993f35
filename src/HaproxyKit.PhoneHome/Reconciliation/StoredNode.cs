namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>A node as it stands in the state folder.</summary>
internal readonly record struct StoredNode(string? Node, string Address, int Port, IReadOnlyList<string> Instances, int? Weight = null);
