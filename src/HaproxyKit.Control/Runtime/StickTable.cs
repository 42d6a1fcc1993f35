namespace HaproxyKit.Control.Runtime;

/// <summary>A stick table of a worker (management guide, 9.3, <c>show table</c>).</summary>
/// <param name="Name">The name of the proxy or table that it belongs to.</param>
/// <param name="Type">
/// The type of its keys: <c>ip</c>, <c>ipv6</c>, <c>integer</c>, <c>string</c> or <c>binary</c>.
/// </param>
/// <param name="Size">How many entries it holds at most.</param>
/// <param name="Used">How many entries it holds.</param>
public sealed record StickTable(string Name, string Type, long Size, long Used);
