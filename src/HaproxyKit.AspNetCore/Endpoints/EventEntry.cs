using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>The data of one event in <c>GET /v1/events</c>.</summary>
internal sealed record EventEntry
{
    /// <summary>The event's number, which is its id too.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened, such as <c>created</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The mapping's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The port on which HAProxy listens, or null.</summary>
    public int? FrontendPort { get; init; }

    /// <summary>The node, or null.</summary>
    public string? Node { get; init; }

    /// <summary>How it ended, or null.</summary>
    public string? Outcome { get; init; }

    /// <summary>The revision of the configuration file, or null.</summary>
    public string? Revision { get; init; }

    /// <summary>More, or null.</summary>
    public string? Message { get; init; }

    internal static EventEntry From(PhoneHomeEvent happened) => new()
    {
        Sequence = happened.Sequence,
        Time = happened.Time,
        Kind = KindOf(happened.Kind),
        Name = happened.Name,
        FrontendPort = happened.FrontendPort,
        Node = happened.Node,
        Outcome = happened.Outcome,
        Revision = happened.Revision,
        Message = happened.Message,
    };

    private static string KindOf(PhoneHomeEventKind kind) => kind switch
    {
        PhoneHomeEventKind.Created => "created",
        PhoneHomeEventKind.Moved => "moved",
        PhoneHomeEventKind.Changed => "changed",
        PhoneHomeEventKind.Removed => "removed",
        PhoneHomeEventKind.Lapsed => "lapsed",
        PhoneHomeEventKind.Refused => "refused",
        PhoneHomeEventKind.Quarantined => "quarantined",
        PhoneHomeEventKind.Released => "released",
        PhoneHomeEventKind.HandEdited => "hand-edited",
        _ => "gap",
    };
}
