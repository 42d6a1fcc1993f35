namespace HaproxyKit.Control.Runtime;

/// <summary>HAProxy's answer to <c>prepare map</c> or <c>prepare acl</c>.</summary>
/// <param name="Answer">What it means.</param>
/// <param name="Version">
/// The number of the new, empty version, to be filled and committed; null where it was refused.
/// </param>
public readonly record struct PatternVersion(RuntimeChange Answer, long? Version);
