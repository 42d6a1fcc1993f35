namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Something that became of a mapping.</summary>
public sealed record PhoneHomeEvent
{
    /// <summary>
    /// The event's number: each one's is higher than those before, also after a restart, as long as the clock is not set
    /// back.
    /// </summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public required PhoneHomeEventKind Kind { get; init; }

    /// <summary>The mapping's owner, or null where the event is about no mapping: then it is for everybody.</summary>
    public string? Owner { get; init; }

    /// <summary>The mapping's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The port on which HAProxy listens, or null.</summary>
    public int? FrontendPort { get; init; }

    /// <summary>The node, or null where the mapping as a whole is meant or has one node without a name.</summary>
    public string? Node { get; init; }

    /// <summary>
    /// How it ended: the name of the <see cref="MappingChange"/> or of the <see cref="MappingOutcome"/>, or null.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>The revision of the configuration file that holds it, or null.</summary>
    public string? Revision { get; init; }

    /// <summary>More, as one sentence that the mapping's owner may read, or null.</summary>
    public string? Message { get; init; }
}
