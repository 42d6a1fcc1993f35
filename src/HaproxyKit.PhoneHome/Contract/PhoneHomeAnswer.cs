namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The body of an answer with status 200: HAProxy serves what was asked for.</summary>
public sealed record PhoneHomeAnswer
{
    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens.</summary>
    public required int FrontendPort { get; init; }

    /// <summary>The node's address, or null in a delete that named none.</summary>
    public string? Address { get; init; }

    /// <summary>The port on which the node answers, or null in a delete that named none.</summary>
    public int? NodePort { get; init; }

    /// <summary>
    /// What was done: <see cref="MappingChange"/> in lower case, such as <c>created</c> or <c>unchanged</c>.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>True where HAProxy was reloaded for it.</summary>
    public required bool Reload { get; init; }

    /// <summary>The revision of the configuration file that holds it.</summary>
    public required string Revision { get; init; }

    /// <summary>The process id of the worker that serves it, or null where it is not known.</summary>
    public int? WorkerPid { get; init; }

    /// <summary>What the caller had better know although all is as asked for, a sentence each, or null where there is nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <inheritdoc/>
    public bool Equals(PhoneHomeAnswer? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && FrontendPort == other.FrontendPort
        && string.Equals(Address, other.Address, StringComparison.Ordinal)
        && NodePort == other.NodePort
        && string.Equals(Outcome, other.Outcome, StringComparison.Ordinal)
        && Reload == other.Reload
        && string.Equals(Revision, other.Revision, StringComparison.Ordinal)
        && WorkerPid == other.WorkerPid
        && (Warnings ?? []).SequenceEqual(other.Warnings ?? [], StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, FrontendPort, Outcome, Revision);
}
