using System.Collections.Frozen;

namespace HaproxyKit.Catalog;

/// <summary>
/// What may stand before an option (configuration manual, chapter 4.1: only options with an asterisk can be negated).
/// </summary>
internal static class OptionWords
{
    private static readonly FrozenSet<string> WithoutNegation = FrozenSet.Create(
        StringComparer.Ordinal,
        "external-check", "forwardfor", "http-restrict-req-hdr-names", "httpchk", "httplog", "httpslog", "ldap-check", "mysql-check", "originalto",
        "pgsql-check", "redis-check", "smtpchk", "spop-check", "ssl-hello-chk", "tcp-check", "tcplog");

    /// <summary>
    /// Whether <c>no option NAME</c> can be said. An option that is not known here may be newer, and is let through.
    /// </summary>
    internal static bool CanBeNegated(string name) => !WithoutNegation.Contains(name);
}
