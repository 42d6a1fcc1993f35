namespace HaproxyKit.Testing;

/// <summary>How a HAProxy of a test is started.</summary>
public sealed record HaproxySetup
{
    /// <summary>
    /// The files that it is given with <c>-f</c>, in this order; one of them must have <c>stats socket {stats}</c>.
    /// </summary>
    public required IReadOnlyList<HaproxyConfigFile> Files { get; init; }

    /// <summary>The program, or null for <see cref="HaproxyPrograms.Installed"/>.</summary>
    public string? Program { get; init; }

    /// <summary>
    /// True for a master with workers and a master socket (<c>-W -S</c>), false for a single process.
    /// </summary>
    public bool MasterWorker { get; init; } = true;

    /// <summary>Variables that are added to the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Arguments behind all others, in which placeholders are filled in.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
