namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>The answer of <c>GET /readyz</c>.</summary>
internal sealed record ReadinessEntry
{
    /// <summary><c>ready</c> or <c>not-ready</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>reachable</c>, <c>unreachable</c>, or <c>unknown</c> where this host controls none itself.</summary>
    public required string Haproxy { get; init; }

    /// <summary><c>adopted</c> or <c>not-adopted</c>.</summary>
    public required string Mappings { get; init; }

    /// <summary><c>available</c>, or <c>unavailable</c> where the last attempt to read or write HAProxy's file, or the wanted mappings, failed.</summary>
    public required string Configuration { get; init; }

    /// <summary>How many alarms stand.</summary>
    public required int Alarms { get; init; }

    /// <summary>What is wrong, a sentence each, for callers with a valid token; null for others.</summary>
    public IReadOnlyList<string>? Details { get; init; }

    internal bool IsReady => Status == "ready";
}
