namespace HaproxyKit.Tool.Output;

/// <summary>A running HAProxy and its file, as JSON.</summary>
internal sealed record StatusJson
{
    public required string Target { get; init; }

    public required bool Reachable { get; init; }

    /// <summary>HAProxy's version.</summary>
    public string? Version { get; init; }

    public int? MasterPid { get; init; }

    public int? WorkerPid { get; init; }

    public long? UptimeSeconds { get; init; }

    /// <summary>How often the master has reloaded; null where its socket is not named or does not tell.</summary>
    public int? Reloads { get; init; }

    /// <summary>The process ids of workers of earlier configurations; null where the master's socket is not named or does not tell.</summary>
    public int[]? OldWorkers { get; init; }

    public CountJson? Frontends { get; init; }

    public CountJson? Servers { get; init; }

    /// <summary>The content hash of the file; null where it cannot be read.</summary>
    public string? Revision { get; init; }

    /// <summary>The number of the last change, where others have written the file since; null where nobody has.</summary>
    public int? ChangedSince { get; init; }

    /// <summary>In what file and HAProxy differ.</summary>
    public required DriftJson[] Drift { get; init; }

    /// <summary>The last changes, the newest first.</summary>
    public required ChangeJson[] Changes { get; init; }

    /// <summary>What a person has to look at.</summary>
    public required string[] Alarms { get; init; }
}
