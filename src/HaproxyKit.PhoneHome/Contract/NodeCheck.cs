namespace HaproxyKit.PhoneHome.Contract;

/// <summary>How the nodes of a mapping are checked. What is null is as the webhook's own settings say.</summary>
public sealed record NodeCheck
{
    /// <summary>What is asked of a node.</summary>
    public HealthCheckKind Kind { get; init; }

    /// <summary>
    /// Of <see cref="HealthCheckKind.Http"/>: the path, with a query where it needs one, 255 characters at most; null is <c>/</c>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The time between two checks, 100 ms to an hour.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long an answer is waited for once connected, 100 ms to an hour.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many failed checks take a node out, 1 to 100.</summary>
    public int? Fall { get; init; }

    /// <summary>How many good checks bring a node back, 1 to 100.</summary>
    public int? Rise { get; init; }
}
