namespace HaproxyKit.Control.Planning;

/// <summary>A map, acl or certificate file that changes together with the configuration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its path exactly as the configuration names it: HAProxy's commands know it by that.</param>
/// <param name="Content">What it shall hold.</param>
public sealed record ReferencedFile(ReferencedFileKind Kind, string Path, ReadOnlyMemory<byte> Content);
