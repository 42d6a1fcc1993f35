namespace HaproxyKit.Control.Runtime;

/// <summary>One entry of a map or of an acl file as a worker has it (management guide, 9.3, <c>show map</c>).</summary>
/// <param name="Reference">
/// The worker's own name for the entry, such as <c>0x55ad880c67a0</c>: with it an entry can be changed whose key nobody
/// can spell.
/// </param>
/// <param name="Key">A map's key, up to the first blank, or the whole pattern of an acl file.</param>
/// <param name="Value">A map's value; empty in an acl file. Bytes that are no UTF-8 are shown as U+FFFD.</param>
public readonly record struct PatternEntry(string Reference, string Key, string Value);
