using System.Collections.Frozen;

namespace HaproxyKit.Control.Telemetry;

/// <summary>
/// The names of commands as metrics tell them: those that HAProxy is known to have (management guide, 9.3 and 9.4), so that neither a
/// program's own words nor a value can become a tag.
/// </summary>
internal static class CommandNames
{
    /// <summary>What a command is called that is none of those known.</summary>
    internal const string Other = "_OTHER";

    /// <summary>What several commands of different names in one exchange are called.</summary>
    internal const string Batch = "BATCH";

    private static readonly FrozenSet<string> Known = new[]
    {
        "abort ssl", "add acl", "add backend", "add map", "add server", "add ssl", "clear acl", "clear counters", "clear map", "clear table",
        "commit acl", "commit map", "commit ssl", "del acl", "del backend", "del map", "del server", "del ssl", "disable agent",
        "disable dynamic-cookie", "disable frontend", "disable health", "disable server", "enable agent", "enable dynamic-cookie",
        "enable frontend", "enable health", "enable server", "get acl", "get map", "get var", "get weight", "help", "new ssl", "prepare acl",
        "prepare map", "prompt", "publish backend", "quit", "reload", "set anon", "set dynamic-cookie-key", "set map", "set maxconn",
        "set profiling", "set rate-limit", "set server", "set severity-output", "set ssl", "set table", "set timeout", "set var", "set weight",
        "show acl", "show activity", "show backend", "show cli", "show env", "show errors", "show events", "show info", "show libs", "show map",
        "show peers", "show pools", "show proc", "show resolvers", "show schema", "show servers", "show sess", "show ssl", "show startup-logs",
        "show stat", "show table", "show threads", "show version", "shutdown frontend", "shutdown session", "shutdown sessions",
        "unpublish backend", "update ssl", "wait",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name of an exchange.</summary>
    /// <param name="first">The name of its first command.</param>
    /// <param name="others">The names of the others.</param>
    internal static string Of(string first, IEnumerable<string> others)
    {
        foreach (var other in others)
        {
            if (!string.Equals(other, first, StringComparison.Ordinal))
            {
                return Batch;
            }
        }

        return Of(first);
    }

    /// <summary>The name of a command.</summary>
    internal static string Of(string name) => Known.Contains(name) ? name : Other;

    /// <summary>Whether a command may change something.</summary>
    internal static bool IsChange(string name) =>
        !name.StartsWith("show ", StringComparison.Ordinal) && !name.StartsWith("get ", StringComparison.Ordinal) && name is not ("prompt" or "help" or "quit");
}
