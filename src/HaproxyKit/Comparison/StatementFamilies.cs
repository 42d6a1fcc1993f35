using System.Collections.Frozen;

namespace HaproxyKit.Comparison;

/// <summary>
/// Which lines are in an order that matters, and by which words a line is known. Keywords that are not here are
/// families of their own, in which the order matters and the line is known by its keyword alone.
/// </summary>
internal static class StatementFamilies
{
    /// <summary>
    /// An acl must stand above its first use, and HAProxy warns of rules that stand behind rules which it processes
    /// later: so all rules are one family.
    /// </summary>
    private const string Rules = "rules";

    /// <summary>What acts on the lines behind it, in <c>global</c>.</summary>
    private const string Environment = "environment";

    private static readonly FrozenDictionary<string, StatementFamily> ByKeyword = Families(
        (Rules, 2, true, "acl"),
        (Rules, 2, false,
            """
            http-request http-response http-after-response tcp-request tcp-response quic-initial use_backend use-server
            redirect monitor force-persist ignore-persist stick declare event
            """),
        (Rules, 2, true, "stats"),
        ("servers", 2, true, "server server-template peer"),
        ("servers", 1, true, "default-server"),
        ("binds", 2, true, "bind dgram-bind"),
        ("binds", 1, true, "default-bind"),
        ("checks", 2, false, "http-check tcp-check"),
        ("errors", 2, true, "errorfile errorloc errorloc302 errorloc303 errorfiles"),
        ("errors", 3, true, "http-error"),
        ("log formats", 1, true, "log-format log-format-sd"),
        ("log", 2, true, "log"),
        ("state", 1, true, "disabled enabled"),
        ("certificates", 1, true, "crt-base key-base"),
        ("certificates", 3, true, "load"),
        (Environment, 2, true, "setenv presetenv set-var set-var-fmt lua-load lua-load-per-thread"),
        (Environment, 1, false, "unsetenv resetenv default-path lua-prepend-path"),
        (Environment, 1, true, "ca-base expose-experimental-directives"),
        ("accounts", 2, true, "user group"),
        ("nameservers", 2, true, "nameserver"),
        ("filters", 2, true, "filter"),
        ("captures", 4, true, "capture"),
        ("", 2, true, "timeout hold mailer email-alert compression table namespace"));

    private static readonly FrozenDictionary<string, string> OrderOfOptions = new (string Order, string Names)[]
    {
        ("checks", "httpchk ssl-hello-chk smtpchk mysql-check pgsql-check redis-check ldap-check spop-check tcp-check"),
        ("checks", "external-check"),
        ("log formats", "httplog tcplog httpslog"),
        ("connection mode", "httpclose http-server-close http-keep-alive http-tunnel forceclose"),
    }.SelectMany(order => order.Names.Split(' ').Select(name => KeyValuePair.Create(name, order.Order)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The second family of a line in <c>global</c> that reads the environment, or sets it.</summary>
    internal static string EnvironmentOrder => Environment;

    /// <summary>The family of a line.</summary>
    /// <param name="keyword">The keyword, without <c>no</c> and <c>default</c>.</param>
    /// <param name="second">The word behind it, or an empty text.</param>
    internal static StatementFamily Of(string keyword, string second)
    {
        if (keyword == "option")
        {
            var order = OrderOfOptions.GetValueOrDefault(second) ?? $"option {second}";
            return new StatementFamily(order, 2, IsNamed: true);
        }

        if (!ByKeyword.TryGetValue(keyword, out var family))
        {
            return new StatementFamily(keyword, 1, IsNamed: true);
        }

        // A family without a text of its own: what it is about stands in the second word.
        return family.Order.Length == 0 ? family with { Order = $"{keyword} {second}" } : family;
    }

    /// <summary>Whether the second word is a name of the line's own.</summary>
    internal static bool HasName(string keyword) =>
        ByKeyword.TryGetValue(keyword, out var family) && family is { IdentityWords: 2, IsNamed: true };

    private static FrozenDictionary<string, StatementFamily> Families(
        params (string Order, int IdentityWords, bool IsNamed, string Keywords)[] families) =>
        families.SelectMany(family => family.Keywords
                .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(keyword => KeyValuePair.Create(
                    keyword.Trim(), new StatementFamily(family.Order, family.IdentityWords, family.IsNamed))))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
