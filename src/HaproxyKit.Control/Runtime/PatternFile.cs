namespace HaproxyKit.Control.Runtime;

/// <summary>
/// One map or acl file that a worker has loaded (management guide, 9.3, <c>show map</c> and <c>show acl</c>).
/// </summary>
/// <param name="Id">The number by which it can be named too, as <c>#Id</c>.</param>
/// <param name="Path">
/// The file's name as the configuration has it; empty for patterns that stand in the configuration.
/// </param>
/// <param name="Description">What it is used by, in HAProxy's words.</param>
/// <param name="CurrentVersion">The version that is in use; null where this HAProxy does not tell.</param>
/// <param name="NextVersion">The highest version that was prepared; null where this HAProxy does not tell.</param>
/// <param name="EntryCount">
/// How many entries all versions have together; null where this HAProxy does not tell. Up to 3.2 HAProxy counts one too
/// few for each entry that it refused.
/// </param>
public sealed record PatternFile(int Id, string Path, string Description, long? CurrentVersion, long? NextVersion, long? EntryCount);
