namespace HaproxyKit.Control.Checking;

/// <summary>A text that is meant to become the content of one of HAProxy's files.</summary>
/// <param name="Path">The file that it would replace.</param>
/// <param name="Content">The text.</param>
public readonly record struct ConfigCandidate(string Path, ReadOnlyMemory<byte> Content);
