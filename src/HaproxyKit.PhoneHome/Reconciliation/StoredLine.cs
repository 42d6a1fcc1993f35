namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>One line of the journal: exactly one of its members is set.</summary>
internal sealed record StoredLine
{
    /// <summary>The first line: the number of this journal, another one after each time that it is written anew.</summary>
    public string? Journal { get; init; }

    /// <summary>A batch begins; what a torn one before it has left counts for nothing.</summary>
    public bool? Begin { get; init; }

    /// <summary>A mapping is wanted so.</summary>
    public StoredMapping? Set { get; init; }

    /// <summary>The mapping of a port is not wanted any more.</summary>
    public int? Gone { get; init; }

    /// <summary>A node's call was signed so.</summary>
    public StoredStamp? Signed { get; init; }

    /// <summary>The newest signature, in ticks of UTC, of those that were forgotten because there were too many.</summary>
    public long? ForgottenUntil { get; init; }

    /// <summary>The sections of a port's mapping stay as somebody has edited them.</summary>
    public int? Edited { get; init; }

    /// <summary>They do not any more.</summary>
    public int? Unedited { get; init; }

    /// <summary>The batch is whole.</summary>
    public bool? End { get; init; }
}
