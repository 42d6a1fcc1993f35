namespace HaproxyKit.Control.Runtime;

/// <summary>
/// How many sessions a worker has, without those of its own sockets (management guide, 9.3, <c>show sess</c>).
/// </summary>
public sealed class SessionCounts
{
    private const string None = "<NONE>";
    private const string NoServer = "<none>";
    private const string Own = "GLOBAL";

    private readonly Dictionary<string, int> frontends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> backends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> servers = new(StringComparer.Ordinal);

    private SessionCounts()
    {
    }

    /// <summary>All sessions.</summary>
    public int Total { get; private set; }

    /// <summary>By the name of the frontend that took them.</summary>
    public IReadOnlyDictionary<string, int> Frontends => frontends;

    /// <summary>
    /// By the name of the backend that they have been given to; those that have none yet are left out.
    /// </summary>
    public IReadOnlyDictionary<string, int> Backends => backends;

    /// <summary>By <c>backend/server</c>; those that have none yet are left out.</summary>
    public IReadOnlyDictionary<string, int> Servers => servers;

    /// <returns>The counts, or null where the answer is no list of sessions.</returns>
    internal static SessionCounts? Parse(string answer)
    {
        var counts = new SessionCounts();
        foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith("0x", StringComparison.Ordinal) || Word(line, " fe=") is not { } frontend)
            {
                return null;
            }

            if (frontend != Own)
            {
                counts.Add(frontend, Word(line, " be="), Word(line, " srv="));
            }
        }

        return counts;
    }

    private void Add(string frontend, string? backend, string? server)
    {
        Total++;
        Increase(frontends, frontend);
        if (backend is null or None)
        {
            return;
        }

        Increase(backends, backend);
        if (server is not (null or NoServer))
        {
            Increase(servers, $"{backend}/{server}");
        }
    }

    private static void Increase(Dictionary<string, int> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    private static string? Word(string line, string mark)
    {
        var at = line.IndexOf(mark, StringComparison.Ordinal);
        var rest = at < 0 ? null : line[(at + mark.Length)..];
        return rest?.Split(' ', 2)[0];
    }
}
