namespace HaproxyKit.Testing;

/// <summary>One real configuration.</summary>
/// <param name="Name">Its name within the corpus, with the sub-folder: the name to show in a failure.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record CorpusFile(string Name, string Path, ReadOnlyMemory<byte> Bytes);
