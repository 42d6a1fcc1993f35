namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Whose signed calls are told apart: by owner too, so that who had the port before makes nobody's calls old.</summary>
/// <param name="Owner">The owner of the token that signed.</param>
/// <param name="FrontendPort">The port of the mapping.</param>
/// <param name="Node">The node, or null where its calls name none.</param>
internal readonly record struct SignedNode(string Owner, int FrontendPort, string? Node);
