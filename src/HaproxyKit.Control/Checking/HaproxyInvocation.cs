namespace HaproxyKit.Control.Checking;

/// <summary>
/// How HAProxy is run: what a check needs in order to see exactly what HAProxy will see when it loads its files. Read
/// from a running master, or told (management guide, 3).
/// </summary>
public sealed record HaproxyInvocation
{
    /// <summary>The program: a full path, or a name that is looked up in <c>PATH</c>.</summary>
    public required string Executable { get; init; }

    /// <summary>The arguments of <c>-f</c> in their order: files and folders, as they were given.</summary>
    public required IReadOnlyList<string> ConfigPaths { get; init; }

    /// <summary>
    /// The folder in which HAProxy is started, absolute; relative names start there, or in <c>-C</c> below it.
    /// </summary>
    public required string WorkingFolder { get; init; }

    /// <summary>
    /// The whole environment. A variable that is missing here makes <c>bind "${PUBIP}:443"</c> pass the check, and then
    /// bind every address.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>
    /// The other options that change what a check says (<c>-C</c>, <c>-L</c>, <c>-dW</c>, <c>-dr</c>, <c>-m</c>,
    /// <c>-n</c>, <c>-N</c>), with their arguments.
    /// </summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The process id of the master from which all this was read, or null where it was told.</summary>
    public int? MasterPid { get; init; }

    /// <summary>The folder in which relative names of <see cref="ConfigPaths"/> start.</summary>
    public string ConfigFolder
    {
        get
        {
            var change = Options.Index().LastOrDefault(option => option.Item is HaproxyCommandLine.ChangeFolder);
            return change.Item is null ? WorkingFolder : Path.GetFullPath(Options[change.Index + 1], WorkingFolder);
        }
    }

    /// <summary>The environment of this process, for a HAProxy that is started from the same place.</summary>
    /// <returns>A copy.</returns>
    public static IReadOnlyDictionary<string, string> OwnEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>Reads how a running master was started: its command line, working folder and environment.</summary>
    /// <param name="masterPid">The process id of the master, or of a HAProxy without one.</param>
    /// <returns>The invocation, or why it cannot be had.</returns>
    public static InvocationReading FromProcess(int masterPid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(masterPid);
        return ProcessInvocation.Read(masterPid);
    }

    /// <summary>Two invocations are equal when HAProxy would see the same.</summary>
    /// <param name="other">The invocation to compare with.</param>
    /// <returns>True when all parts are equal; it does not matter where they were had from.</returns>
    public bool Equals(HaproxyInvocation? other) =>
        other is not null
        && string.Equals(Executable, other.Executable, StringComparison.Ordinal)
        && string.Equals(WorkingFolder, other.WorkingFolder, StringComparison.Ordinal)
        && ConfigPaths.SequenceEqual(other.ConfigPaths, StringComparer.Ordinal)
        && Options.SequenceEqual(other.Options, StringComparer.Ordinal)
        && Environment.Count == other.Environment.Count
        && Environment.All(variable => other.Environment.TryGetValue(variable.Key, out var value)
            && string.Equals(value, variable.Value, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Executable, WorkingFolder, ConfigPaths.Count, Environment.Count);
}
