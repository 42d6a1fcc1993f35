namespace HaproxyKit.Control.Drift;

/// <summary>One thing in which a file and HAProxy differ.</summary>
public sealed record DriftItem
{
    /// <summary>In what they differ.</summary>
    public required DriftKind Kind { get; init; }

    /// <summary>What it is about: <c>server app/s1</c>, <c>frontend web</c>, a line by its keyword and name, or the file.</summary>
    public required string What { get; init; }

    /// <summary>The proxy that it is about, or null where it is about the file.</summary>
    public string? Proxy { get; init; }

    /// <summary>What the file says, in words. It names lines, and never shows more of them than addresses, numbers and states.</summary>
    public required string FileSays { get; init; }

    /// <summary>What HAProxy says, in words; empty for <see cref="DriftKind.FileEdited"/>, which only compares files.</summary>
    public required string HaproxySays { get; init; }

    /// <summary>
    /// Whether it is an operator's doing at run time, which is kept until it is undone in the same way: a server that drains, is in maintenance
    /// or has another weight than was configured, a frontend that was closed. It is told, and not repaired.
    /// </summary>
    public bool IsByHand { get; init; }

    /// <summary>Since when it is known; for <see cref="DriftKind.FileEdited"/> when the file was last written.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The difference on one line.</summary>
    /// <returns>For example <c>server app/s1: the file says 10.0.0.1:80, HAProxy says 10.0.0.2:80</c>.</returns>
    public override string ToString() => Kind == DriftKind.FileEdited
        ? $"{What}: {FileSays} in the file"
        : $"{What}: the file says {FileSays}, HAProxy says {HaproxySays}{(IsByHand ? " (by hand)" : "")}";

    /// <summary>Whether another look has found the same, whenever it was.</summary>
    internal bool IsSame(DriftItem other) => this with { Since = other.Since } == other;
}
