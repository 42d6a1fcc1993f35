using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What sections with a server side say: <c>backend</c>, <c>listen</c> and <c>defaults</c> (configuration manual,
/// chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public static class BackendSettings
{
    internal static readonly SectionProperty<string?> BalanceProperty = Property.LanguageSetting("balance");
    internal static readonly SectionProperty<string?> ExternalCheckCommandProperty =
        Property.Setting("external-check command", Codecs.Word);
    internal static readonly SectionProperty<int?> FullConnectionsProperty =
        Property.Setting("fullconn", Codecs.Number(1));
    internal static readonly SectionProperty<int?> HashBalanceFactorProperty =
        Property.Setting("hash-balance-factor", Codecs.Number(0, 65535));
    internal static readonly SectionProperty<string?> HttpReuseProperty = Property.Setting("http-reuse", Codecs.Word);
    internal static readonly SectionProperty<string?> HttpSendNameHeaderProperty =
        Property.Setting("http-send-name-header", Codecs.Word);
    internal static readonly SectionProperty<string?> LoadServerStateProperty =
        Property.Setting("load-server-state-from-file", Codecs.Word);
    internal static readonly SectionProperty<int?> MaxKeepAliveQueueProperty =
        Property.Setting("max-keep-alive-queue", Codecs.Number(-1));
    internal static readonly SectionProperty<int?> RetriesProperty = Property.Setting("retries", Codecs.Number());
    internal static readonly SectionProperty<string?> RetryOnProperty = Property.LanguageSetting("retry-on");
    internal static readonly SectionProperty<string?> ServerStateFileNameProperty =
        Property.Setting("server-state-file-name", Codecs.Word);

    /// <param name="section">The section.</param>
    extension(IBackendSide section)
    {
        /// <summary>
        /// How a server is chosen, in HAProxy's own language, for example <c>roundrobin</c> or <c>uri depth 3</c>.
        /// </summary>
        public string? Balance
        {
            get => ((Section)section).Get(BalanceProperty);
            set => ((Section)section).Set(BalanceProperty, value);
        }

        /// <summary>The program that checks servers.</summary>
        public string? ExternalCheckCommand
        {
            get => ((Section)section).Get(ExternalCheckCommandProperty);
            set => ((Section)section).Set(ExternalCheckCommandProperty, value);
        }

        /// <summary>At how many connections the backend counts as full, from 1.</summary>
        public int? FullConnections
        {
            get => ((Section)section).Get(FullConnectionsProperty);
            set => ((Section)section).Set(FullConnectionsProperty, value);
        }

        /// <summary>How much more than the mean a server may get, in percent; 0 is without a limit.</summary>
        public int? HashBalanceFactor
        {
            get => ((Section)section).Get(HashBalanceFactorProperty);
            set => ((Section)section).Set(HashBalanceFactorProperty, value);
        }

        /// <summary>
        /// When a connection to a server is used for another client: <c>never</c>, <c>safe</c>, <c>aggressive</c>,
        /// <c>always</c>.
        /// </summary>
        public string? HttpReuse
        {
            get => ((Section)section).Get(HttpReuseProperty);
            set => ((Section)section).Set(HttpReuseProperty, value);
        }

        /// <summary>The header in which a server learns its own name.</summary>
        public string? HttpSendNameHeader
        {
            get => ((Section)section).Get(HttpSendNameHeaderProperty);
            set => ((Section)section).Set(HttpSendNameHeaderProperty, value);
        }

        /// <summary>Whether states of servers outlive a reload: <c>none</c>, <c>local</c> or <c>global</c>.</summary>
        public string? LoadServerState
        {
            get => ((Section)section).Get(LoadServerStateProperty);
            set => ((Section)section).Set(LoadServerStateProperty, value);
        }

        /// <summary>How many may wait at a server before others are tried; -1 is without a limit.</summary>
        public int? MaxKeepAliveQueue
        {
            get => ((Section)section).Get(MaxKeepAliveQueueProperty);
            set => ((Section)section).Set(MaxKeepAliveQueueProperty, value);
        }

        /// <summary>How often a connection to a server is tried again.</summary>
        public int? Retries
        {
            get => ((Section)section).Get(RetriesProperty);
            set => ((Section)section).Set(RetriesProperty, value);
        }

        /// <summary>What is tried again, for example <c>conn-failure 503</c>, in HAProxy's own language.</summary>
        public string? RetryOn
        {
            get => ((Section)section).Get(RetryOnProperty);
            set => ((Section)section).Set(RetryOnProperty, value);
        }

        /// <summary>The file with servers' states, or <c>use-backend-name</c>.</summary>
        public string? ServerStateFileName
        {
            get => ((Section)section).Get(ServerStateFileNameProperty);
            set => ((Section)section).Set(ServerStateFileNameProperty, value);
        }

        /// <summary>The <c>hash-type</c> line, or null: the last one that no condition decides about.</summary>
        public HashType? HashType => (HashType?)((Section)section).LastUnconditional("hash-type");

        /// <summary>The <c>cookie</c> line, or null: the last one that no condition decides about.</summary>
        public PersistenceCookie? Cookie => (PersistenceCookie?)((Section)section).LastUnconditional("cookie");

        /// <summary>The <c>source</c> line, or null: the last one that no condition decides about.</summary>
        public ProxySource? Source => (ProxySource?)((Section)section).LastUnconditional("source");

        /// <summary>The last <c>default-server</c> line that no condition decides about, or null.</summary>
        public DefaultServer? DefaultServer => (DefaultServer?)((Section)section).LastUnconditional("default-server");

        /// <summary>The steps of HTTP checks, in order.</summary>
        public RuleList<CheckRule> HttpChecks => new((Section)section, "http-check");

        /// <summary>The steps of TCP checks, in order.</summary>
        public RuleList<CheckRule> TcpChecks => new((Section)section, "tcp-check");
    }
}
