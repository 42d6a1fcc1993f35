namespace HaproxyKit.Control.Runtime;

/// <summary>One process that a master knows of.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Reloads">How many reloads it has lived through; a worker that the last one started has 0.</param>
/// <param name="Uptime">For how long it has been running, in whole seconds.</param>
/// <param name="Version">The version that it runs; after an upgrade old workers have the old one.</param>
public readonly record struct ProcessEntry(int Pid, int Reloads, TimeSpan Uptime, string Version);
