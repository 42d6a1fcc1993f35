namespace HaproxyKit.Control.Runtime;

/// <summary>What a master answers to <c>reload</c> on its socket (management guide, 9.4).</summary>
/// <param name="Succeeded">
/// Whether the new configuration was loaded, or null where the master did not say: 2.6 closes without an answer.
/// </param>
/// <param name="StartupLogs">What HAProxy said while it loaded, raw; empty where the master did not say.</param>
public readonly record struct MasterReloadAnswer(bool? Succeeded, string StartupLogs);
