using System.Collections.Immutable;

namespace HaproxyKit.Control.Checking;

/// <summary>
/// How HAProxy is started: so that a check sees what HAProxy sees. A check with another list of files, another folder or another environment
/// can pass where HAProxy fails.
/// </summary>
public sealed record HaproxyInvocation
{
    /// <summary>The program.</summary>
    public required string Executable { get; init; }

    /// <summary>The files and folders given with <c>-f</c>, in order.</summary>
    public required ImmutableArray<string> ConfigFiles { get; init; }

    /// <summary>Options that change how the configuration is read, with their values: <c>-W</c>, <c>-L</c>, <c>-n</c>, <c>-N</c>, <c>-m</c>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The folder that relative paths begin at.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The environment variables, or null for those of this process.</summary>
    public ImmutableDictionary<string, string>? Environment { get; init; }

    /// <summary>A path as HAProxy takes it.</summary>
    internal string Resolve(string path) => Path.GetFullPath(path, WorkingFolder);

    /// <summary>Two invocations are equal when all their members are.</summary>
    /// <param name="other">The invocation to compare with.</param>
    /// <returns>True when both start HAProxy alike.</returns>
    public bool Equals(HaproxyInvocation? other) =>
        other is not null
        && Executable == other.Executable
        && ConfigFiles.SequenceEqual(other.ConfigFiles, StringComparer.Ordinal)
        && Options.SequenceEqual(other.Options, StringComparer.Ordinal)
        && WorkingFolder == other.WorkingFolder
        && (Environment is null ? other.Environment is null : other.Environment is not null && Environment.Count == other.Environment.Count && !Environment.Except(other.Environment).Any());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Executable, ConfigFiles.Length, WorkingFolder);
}
