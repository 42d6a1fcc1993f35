using System.Buffers;
using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <summary>What a worker says of itself: the answer of <c>show info</c> (management guide, 9.3).</summary>
public sealed class RuntimeInfo
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    private readonly Dictionary<string, string> fields;

    private RuntimeInfo(Dictionary<string, string> fields, int pid, string versionText)
    {
        this.fields = fields;
        Pid = pid;
        VersionText = versionText;
        Version = ParseVersion(versionText);
    }

    /// <summary>The worker's process id.</summary>
    public int Pid { get; }

    /// <summary>The version as HAProxy says it, such as <c>2.6.12-1+deb12u4</c>.</summary>
    public string VersionText { get; }

    /// <summary>The version's numbers: 2.6.12 or, for a development version, 3.5; 0.0 where the text begins with none.</summary>
    public Version Version { get; }

    /// <summary>For how long the worker has been running, in whole seconds.</summary>
    public TimeSpan Uptime => TimeSpan.FromSeconds(Number("Uptime_sec") ?? 0);

    /// <summary>When the worker was started, in seconds of Unix time, which never changes; null where it does not say.</summary>
    public long? StartedAt => Number("Start_time_sec");

    /// <summary>How many file descriptors the worker may have open (<c>Ulimit-n</c>); null where it does not say.</summary>
    public long? DescriptorLimit => Number("Ulimit-n");

    /// <summary>How many connections it takes at most.</summary>
    public long? MaxConnections => Number("Maxconn");

    /// <summary>How many connections it has now.</summary>
    public long? CurrentConnections => Number("CurrConns");

    /// <summary>Whether it has been told to end after its last session.</summary>
    public bool IsStopping => Number("Stopping") is not (null or 0);

    /// <summary>The node's name.</summary>
    public string? Node => fields.GetValueOrDefault("node");

    /// <summary>All that it says, by HAProxy's own names.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>One field as a whole number.</summary>
    /// <param name="name">HAProxy's own name for it.</param>
    /// <returns>The number, or null where there is no such field, or it is no whole number.</returns>
    public long? Number(string name) => fields.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <returns>What the answer says, or null where it has no version and process id.</returns>
    internal static RuntimeInfo? Parse(string answer)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in answer.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                found.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return found.TryGetValue("Version", out var version)
            && found.TryGetValue("Pid", out var pidText)
            && int.TryParse(pidText, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? new RuntimeInfo(found, pid, version)
            : null;
    }

    private static Version ParseVersion(string text)
    {
        var numbers = text.AsSpan();
        var end = numbers.IndexOfAnyExcept(VersionCharacters);
        return Version.TryParse(end < 0 ? numbers : numbers[..end].TrimEnd('.'), out var version) ? version : new Version(0, 0);
    }
}
