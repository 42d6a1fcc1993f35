using System.Collections.Frozen;

namespace HaproxyKit.Catalog;

/// <summary>
/// Which words of <c>bind</c>, <c>server</c> and <c>stick-table</c> lines take a value behind them, in any version from
/// 2.6 to 3.5, so that a value is never
/// taken for a word (configuration manual, chapters 5.1, 5.2 and 4.2; <c>haproxy -dKcfg</c>).
/// </summary>
internal static class WordArity
{
    private static readonly FrozenSet<string> Bind = Words(
        """
        accept-netscaler-cip alpn backlog ca-file ca-ignore-err ca-sign-file ca-sign-pass ca-verify-file cc ciphers ciphersuites
        client-sigalgs crl-file crt crt-ignore-err crt-list curves default-crt ecdhe expose-fd gid group guid-prefix id idle-ping
        interface ktls label level maxconn mode mss name namespace nbconn nice npn process proto quic-cc-algo quic-socket
        severity-output shards sigalgs ssl-max-ver ssl-min-ver tcp-md5sig tcp-ss tcp-ut thread tls-ticket-keys uid user verify
        """);

    private static readonly FrozenSet<string> Server = Words(
        """
        addr agent-addr agent-inter agent-port agent-send alpn ca-file cc check-alpn check-pool-conn-name check-proto check-sni ciphers
        ciphersuites client-sigalgs cookie crl-file crt curves downinter error-limit fall fastinter guid hash-key healthcheck id
        idle-ping init-addr init-state inter interface ktls log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace npn
        observe on-error on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto
        proxy-v2-options redir resolve-net resolve-opts resolve-prefer resolvers rise shard sigalgs slowstart sni socks4 source
        ssl-max-ver ssl-min-ver tcp-md5sig tcp-ut track usesrc verify verifyhost weight ws
        """);

    private static readonly FrozenSet<string> StickTable = Words("brates-factor expire len peers size srvkey store type write-to");

    /// <summary>How many of a directive's arguments come before its first named word.</summary>
    internal static int Positional(string keyword) => keyword switch
    {
        "bind" => 1,
        "server" => 2,
        "server-template" => 3,
        _ => 0,
    };

    /// <summary>Whether a named word takes the word behind it as its value.</summary>
    internal static bool TakesValue(string keyword, string word) => keyword switch
    {
        "bind" => Bind.Contains(word),
        "server" or "default-server" or "server-template" =>
            Server.Contains(word) || word.StartsWith("set-proxy-v2-tlv-fmt(", StringComparison.Ordinal),
        "stick-table" => StickTable.Contains(word),
        _ => false,
    };

    private static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
}
