using HaproxyKit.Model;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// How a backend chooses servers, as far as it decides what can change at run time: a static algorithm builds its table once, when HAProxy
/// starts (configuration manual, chapter 4.2, <c>balance</c> and <c>hash-type</c>).
/// </summary>
internal sealed class BalanceAlgorithm
{
    private static readonly string[] Dynamic = ["roundrobin", "leastconn", "first", "random"];
    private static readonly string[] NotOfServers = ["dispatch", "server-template"];

    private BalanceAlgorithm(string name, bool isDynamic, string? obstacle) => (Name, IsDynamic, Obstacle) = (name, isDynamic, obstacle);

    /// <summary>HAProxy's word for it.</summary>
    internal string Name { get; }

    /// <summary>Whether weights can change, and servers come, at run time.</summary>
    internal bool IsDynamic { get; }

    /// <summary>Why no server can be added to the backend, or null.</summary>
    internal string? Obstacle { get; }

    /// <summary>The algorithm that counts for a section.</summary>
    internal static BalanceAlgorithm Of(ProxySection section)
    {
        var (balance, mode, hash) = (section.Effective.Balance, section.Effective.Mode, section.Effective.Directive("hash-type"));
        var name = balance.Value?.Split([' ', '\t', '('], 2)[0] ?? "";
        var isConsistent = hash.Value is { Arguments: [{ Value: "consistent" }, ..] };
        var isDynamic = Dynamic.Contains(name, StringComparer.Ordinal) || (name != "static-rr" && isConsistent);
        var isCertain = balance.Conditional.Count + mode.Conditional.Count + hash.Conditional.Count == 0;
        var other = Array.Find(NotOfServers, keyword => section.Directives[keyword].Count > 0);
        return new BalanceAlgorithm(name, isDynamic && isCertain,
            !isCertain ? "a condition decides how servers are chosen"
            : mode.Value is { Name: not ("tcp" or "http") } odd ? $"a backend of mode '{odd.Name}' takes no servers at run time"
            : !isDynamic ? $"'balance {name}' takes servers only when HAProxy starts"
            : name == "first" ? "'balance first' goes by the order of the servers"
            : other is not null ? $"the section has '{other}'"
            : null);
    }
}
