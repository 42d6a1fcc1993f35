namespace HaproxyKit.Tool.Output;

/// <summary>Frontends or servers, counted by their state, with the names of those that take no traffic.</summary>
/// <param name="Up">How many take traffic: open frontends; servers that are up, or are not checked.</param>
/// <param name="Down">Those that do not: frontends that somebody closed, servers whose checks fail.</param>
/// <param name="Maintenance">Servers that somebody took out.</param>
/// <param name="Draining">Servers that take no new sessions.</param>
/// <param name="Waiting">Those that are closed on purpose: the frontends of mappings without a node, which their next call opens, and spare servers.</param>
internal sealed record CountJson(int Up, string[] Down, string[] Maintenance, string[] Draining, string[] Waiting);
