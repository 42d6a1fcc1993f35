using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>What a worker must have to prove that it has loaded the configuration that was written.</summary>
public sealed record ReloadExpectation
{
    /// <summary>Only that another worker serves.</summary>
    public static ReloadExpectation None { get; } = new();

    /// <summary>The frontends, and listen sections, that must be open.</summary>
    public IReadOnlyCollection<string> Frontends { get; init; } = [];

    /// <summary>The frontends, and listen sections, that must be there, and may be closed by a command already.</summary>
    public IReadOnlyCollection<string> ClosableFrontends { get; init; } = [];

    /// <summary>The frontends, and listen sections, that must not be there any more.</summary>
    public IReadOnlyCollection<string> GoneFrontends { get; init; } = [];

    /// <summary>Why the reload is asked for; it is told in metrics, and proves nothing.</summary>
    public ReloadReason Reason { get; init; }

    /// <summary>Two expectations are equal when they name the same frontends, in any order, for the same reason.</summary>
    /// <param name="other">The expectation to compare with.</param>
    /// <returns>True when both expect the same.</returns>
    public bool Equals(ReloadExpectation? other) =>
        other is not null && Same(Frontends, other.Frontends) && Same(ClosableFrontends, other.ClosableFrontends)
        && Same(GoneFrontends, other.GoneFrontends) && Reason == other.Reason;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frontends.Count, GoneFrontends.Count, Reason);

    /// <returns>What the rows do not show as expected, in words; nothing where all is as expected.</returns>
    internal IReadOnlyList<string> Unmet(IReadOnlyList<StatRow> rows) => Unmet(OpenFrontends.StatusesOf(rows));

    /// <returns>What is not as expected, in words; nothing where all is.</returns>
    internal IReadOnlyList<string> Unmet(IReadOnlyDictionary<string, string> statuses) =>
    [
        .. Frontends.Concat(ClosableFrontends).Where(f => !statuses.ContainsKey(f)).Select(f => $"there is no frontend {f}"),
        .. Frontends.Where(f => statuses.TryGetValue(f, out var status) && status != OpenFrontends.Open)
            .Select(f => $"the frontend {f} is {statuses[f]}, not {OpenFrontends.Open}"),
        .. GoneFrontends.Where(statuses.ContainsKey).Select(f => $"the frontend {f} is still there"),
    ];

    private static bool Same(IReadOnlyCollection<string> a, IReadOnlyCollection<string> b) =>
        a.ToHashSet(StringComparer.Ordinal).SetEquals(b);
}
