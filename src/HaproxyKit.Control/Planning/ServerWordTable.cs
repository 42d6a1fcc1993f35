using System.Collections.Frozen;
using HaproxyKit.Catalog;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Which words of a <c>server</c> line <c>add server</c> takes, by version: found by trying each on HAProxy 2.6.12, 3.0.11 and 3.2.26.
/// A version between two of them is taken for the older one.
/// </summary>
internal static class ServerWordTable
{
    private const string Since26 = """
        agent-check allow-0rtt backup check check-send-proxy check-ssl check-via-socks4 force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12
        force-tlsv13 no-ssl-reuse no-sslv3 no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 send-proxy send-proxy-v2
        send-proxy-v2-ssl send-proxy-v2-ssl-cn ssl tfo tls-tickets
        addr= agent-addr= agent-inter= agent-port= agent-send= alpn= ca-file= check-alpn= check-proto= check-sni= ciphers= ciphersuites=
        crl-file= crt= downinter= error-limit= fall= fastinter= id= inter= maxconn= maxqueue= minconn= npn= observe= on-error=
        on-marked-down= on-marked-up= pool-low-conn= pool-max-conn= pool-purge-delay= port= proto= proxy-v2-options= rise= slowstart= sni=
        source= ssl-max-ver= ssl-min-ver= track= verify= verifyhost= weight= ws=
        """;

    private const string Since30 = "client-sigalgs= cookie= curves= guid= hash-key= pool-conn-name= shard= sigalgs=";

    private const string Since32 = "check-reuse-pool strict-maxconn check-pool-conn-name= idle-ping= init-state=";

    private const string Refused = "log-bufsize= log-proto= max-reuse= namespace= no-verifyhost non-stick redir= socks4= ssl-reuse tcp-ut=";

    /// <summary>What says how an address is found that is no literal one.</summary>
    private const string Needless = "init-addr= resolve-net= resolve-opts= resolve-prefer= resolvers=";

    private const string Negations = """
        enabled:disabled no-agent-check:agent-check no-backup:backup no-check:check no-check-reuse-pool:check-reuse-pool
        no-check-send-proxy:check-send-proxy no-check-ssl:check-ssl no-send-proxy:send-proxy no-send-proxy-v2:send-proxy-v2
        no-send-proxy-v2-ssl:send-proxy-v2-ssl no-send-proxy-v2-ssl-cn:send-proxy-v2-ssl-cn no-ssl:ssl no-tfo:tfo stick:non-stick
        """;

    private static readonly FrozenDictionary<string, ServerWord> Words = Rows(Since26, HaproxyVersion.V2_6)
        .Concat(Rows(Since30, HaproxyVersion.V3_0))
        .Concat(Rows(Since32, HaproxyVersion.V3_2))
        .Concat(Rows(Refused, since: null))
        .Concat(Rows(Needless, since: null).Select(word => word with { IsNeedless = true }))
        .Concat(Split(Negations).Select(pair => pair.Split(':')).Select(pair => new ServerWord(pair[0], false, null, Negates: pair[1])))

        // Every server starts in maintenance when it is added; whether it stays there is said by a command.
        .Append(new ServerWord("disabled", TakesValue: false, AddedSince: null, IsNeedless: true))
        .ToFrozenDictionary(word => word.Name, StringComparer.Ordinal);

    /// <summary>All words that are known.</summary>
    internal static IReadOnlyCollection<ServerWord> All => Words.Values;

    /// <summary>A word, or null for one that is not known.</summary>
    internal static ServerWord? Find(string name) => Words.GetValueOrDefault(name);

    private static IEnumerable<ServerWord> Rows(string words, HaproxyVersion? since) =>
        Split(words).Select(word => new ServerWord(word.TrimEnd('='), word.EndsWith('='), since));

    private static string[] Split(string words) => words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
