namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Where it is written up who has asked for which change, and what became of it. Each change by a token is a line, accepted or refused. Calls
/// without an accepted token are 10 lines a minute from one source at most, and 30 from all; a line a minute with <c>suppressed</c> counts the rest.
/// </summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "PhoneHome:Audit";

    /// <summary>The file of JSON lines, by its full path; its folder must be there. Without it the lines are in the log alone.</summary>
    /// <value>Null.</value>
    public string? File { get; set; }

    /// <summary>How long the file grows before it is put aside as <c>FILE.1</c>, in bytes.</summary>
    /// <value>10 MiB; 4 KiB or more.</value>
    public long MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many files are kept that were put aside; the oldest goes.</summary>
    /// <value>5; from 1 to 100.</value>
    public int MaxFiles { get; set; } = 5;
}
