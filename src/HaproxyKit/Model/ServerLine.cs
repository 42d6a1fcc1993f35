using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What <c>server</c>, <c>server-template</c> and <c>default-server</c> lines say about servers; all other words by
/// <see cref="Directive.Arguments"/> (configuration manual, chapter 5.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public abstract class ServerLine : Directive
{
    internal static readonly DirectiveProperty<string?> AgentAddressProperty =
        Property.Named("agent-addr", Codecs.Word);
    internal static readonly DirectiveProperty<bool> AgentCheckProperty =
        Property.Flag("agent-check", "no-agent-check");
    internal static readonly DirectiveProperty<TimeSpan?> AgentIntervalProperty =
        Property.Named("agent-inter", Codecs.Time);
    internal static readonly DirectiveProperty<int?> AgentPortProperty =
        Property.Named("agent-port", Codecs.Number(1, 65535));
    internal static readonly DirectiveProperty<string?> AgentSendProperty = Property.Named("agent-send", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> AlpnProperty =
        Property.Named("alpn", Codecs.CommaList);
    internal static readonly DirectiveProperty<bool> BackupProperty = Property.Flag("backup", "no-backup");
    internal static readonly DirectiveProperty<string?> CaFileProperty = Property.Named("ca-file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CertificateProperty = Property.Named("crt", Codecs.Word);
    internal static readonly DirectiveProperty<bool> CheckProperty = Property.Flag("check", "no-check");
    internal static readonly DirectiveProperty<string?> CheckAddressProperty = Property.Named("addr", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> CheckAlpnProperty =
        Property.Named("check-alpn", Codecs.CommaList);
    internal static readonly DirectiveProperty<int?> CheckPortProperty =
        Property.Named("port", Codecs.Number(1, 65535));
    internal static readonly DirectiveProperty<string?> CheckProtocolProperty =
        Property.Named("check-proto", Codecs.Word);
    internal static readonly DirectiveProperty<bool> CheckSendProxyProperty =
        Property.Flag("check-send-proxy", "no-check-send-proxy");
    internal static readonly DirectiveProperty<string?> CheckSniProperty = Property.Named("check-sni", Codecs.Word);
    internal static readonly DirectiveProperty<bool> CheckSslProperty = Property.Flag("check-ssl", "no-check-ssl");
    internal static readonly DirectiveProperty<string?> CiphersProperty = Property.Named("ciphers", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CipherSuitesProperty =
        Property.Named("ciphersuites", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CookieProperty = Property.Named("cookie", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CrlFileProperty = Property.Named("crl-file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CurvesProperty = Property.Named("curves", Codecs.Word);
    internal static readonly DirectiveProperty<bool> DisabledProperty = Property.Flag("disabled", "enabled");
    internal static readonly DirectiveProperty<TimeSpan?> DownIntervalProperty =
        Property.Named("downinter", Codecs.Time);
    internal static readonly DirectiveProperty<int?> ErrorLimitProperty =
        Property.Named("error-limit", Codecs.Number());
    internal static readonly DirectiveProperty<int?> FallProperty = Property.Named("fall", Codecs.Number(1));
    internal static readonly DirectiveProperty<TimeSpan?> FastIntervalProperty =
        Property.Named("fastinter", Codecs.Time);
    internal static readonly DirectiveProperty<int?> IdProperty = Property.Named("id", Codecs.Number(1));
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> InitAddressProperty =
        Property.Named("init-addr", Codecs.CommaList);
    internal static readonly DirectiveProperty<string?> InterfaceProperty = Property.Named("interface", Codecs.Word);
    internal static readonly DirectiveProperty<TimeSpan?> IntervalProperty = Property.Named("inter", Codecs.Time);
    internal static readonly DirectiveProperty<string?> LogProtocolProperty = Property.Named("log-proto", Codecs.Word);
    internal static readonly DirectiveProperty<int?> MaxConnectionsProperty =
        Property.Named("maxconn", Codecs.Number());
    internal static readonly DirectiveProperty<int?> MaxQueueProperty = Property.Named("maxqueue", Codecs.Number());
    internal static readonly DirectiveProperty<int?> MaxReuseProperty = Property.Named("max-reuse", Codecs.Number(-1));
    internal static readonly DirectiveProperty<int?> MinConnectionsProperty =
        Property.Named("minconn", Codecs.Number());
    internal static readonly DirectiveProperty<string?> NamespaceProperty = Property.Named("namespace", Codecs.Word);
    internal static readonly DirectiveProperty<bool> NonStickProperty = Property.Flag("non-stick");
    internal static readonly DirectiveProperty<string?> ObserveProperty = Property.Named("observe", Codecs.Word);
    internal static readonly DirectiveProperty<string?> OnErrorProperty = Property.Named("on-error", Codecs.Word);
    internal static readonly DirectiveProperty<string?> OnMarkedDownProperty =
        Property.Named("on-marked-down", Codecs.Word);
    internal static readonly DirectiveProperty<string?> OnMarkedUpProperty =
        Property.Named("on-marked-up", Codecs.Word);
    internal static readonly DirectiveProperty<int?> PoolLowConnectionsProperty =
        Property.Named("pool-low-conn", Codecs.Number());
    internal static readonly DirectiveProperty<int?> PoolMaxConnectionsProperty =
        Property.Named("pool-max-conn", Codecs.Number(-1));
    internal static readonly DirectiveProperty<TimeSpan?> PoolPurgeDelayProperty =
        Property.Named("pool-purge-delay", Codecs.Time);
    internal static readonly DirectiveProperty<string?> ProtocolProperty = Property.Named("proto", Codecs.Word);
    internal static readonly DirectiveProperty<string?> RedirectPrefixProperty = Property.Named("redir", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> ResolveNetworksProperty =
        Property.Named("resolve-net", Codecs.CommaList);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> ResolveOptionsProperty =
        Property.Named("resolve-opts", Codecs.CommaList);
    internal static readonly DirectiveProperty<string?> ResolvePreferenceProperty =
        Property.Named("resolve-prefer", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ResolversProperty = Property.Named("resolvers", Codecs.Name);
    internal static readonly DirectiveProperty<int?> RiseProperty = Property.Named("rise", Codecs.Number(1));
    internal static readonly DirectiveProperty<bool> SendProxyProperty = Property.Flag("send-proxy", "no-send-proxy");
    internal static readonly DirectiveProperty<bool> SendProxyV2Property =
        Property.Flag("send-proxy-v2", "no-send-proxy-v2");
    internal static readonly DirectiveProperty<int?> ShardProperty = Property.Named("shard", Codecs.Number(1));
    internal static readonly DirectiveProperty<TimeSpan?> SlowStartProperty = Property.Named("slowstart", Codecs.Time);
    internal static readonly DirectiveProperty<string?> SniProperty = Property.Named("sni", Codecs.Word);
    internal static readonly DirectiveProperty<string?> SourceTextProperty = Property.Named("source", Codecs.Word);
    internal static readonly DirectiveProperty<bool> SslProperty = Property.Flag("ssl", "no-ssl");
    internal static readonly DirectiveProperty<string?> SslMaxVersionProperty =
        Property.Named("ssl-max-ver", Codecs.Word);
    internal static readonly DirectiveProperty<string?> SslMinVersionProperty =
        Property.Named("ssl-min-ver", Codecs.Word);
    internal static readonly DirectiveProperty<bool> TcpFastOpenProperty = Property.Flag("tfo", "no-tfo");
    internal static readonly DirectiveProperty<TimeSpan?> TcpUserTimeoutProperty =
        Property.Named("tcp-ut", Codecs.Time);
    internal static readonly DirectiveProperty<string?> TrackProperty = Property.Named("track", Codecs.Word);
    internal static readonly DirectiveProperty<string?> VerifyProperty = Property.Named("verify", Codecs.Word);
    internal static readonly DirectiveProperty<string?> VerifyHostProperty = Property.Named("verifyhost", Codecs.Word);
    internal static readonly DirectiveProperty<string?> WebSocketProtocolProperty = Property.Named("ws", Codecs.Word);
    internal static readonly DirectiveProperty<int?> WeightProperty = Property.Named("weight", Codecs.Number(0, 256));

    private protected ServerLine(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>Where the agent check connects to, when it is not the server's address.</summary>
    public string? AgentAddress { get => Get(AgentAddressProperty); set => Set(AgentAddressProperty, value); }

    /// <summary>Whether an agent beside the server is asked for its state.</summary>
    public bool AgentCheck { get => Get(AgentCheckProperty); set => Set(AgentCheckProperty, value); }

    /// <summary>The time between two agent checks.</summary>
    public TimeSpan? AgentInterval { get => Get(AgentIntervalProperty); set => Set(AgentIntervalProperty, value); }

    /// <summary>The port of the agent, 1 to 65535.</summary>
    public int? AgentPort { get => Get(AgentPortProperty); set => Set(AgentPortProperty, value); }

    /// <summary>What is sent to the agent first.</summary>
    public string? AgentSend { get => Get(AgentSendProperty); set => Set(AgentSendProperty, value); }

    /// <summary>The protocols that are offered with ALPN, for example <c>h2</c> and <c>http/1.1</c>.</summary>
    public IReadOnlyList<string>? Alpn { get => Get(AlpnProperty); set => Set(AlpnProperty, value); }

    /// <summary>Whether the server is used only when no other is up.</summary>
    public bool Backup { get => Get(BackupProperty); set => Set(BackupProperty, value); }

    /// <summary>The file of authorities that vouch for the server's certificate, or <c>@system-ca</c>.</summary>
    public string? CaFile { get => Get(CaFileProperty); set => Set(CaFileProperty, value); }

    /// <summary>The file with the certificate that is shown to the server.</summary>
    public string? Certificate { get => Get(CertificateProperty); set => Set(CertificateProperty, value); }

    /// <summary>Whether the line has <c>check</c>. What <c>default-server</c> says is not looked at.</summary>
    public bool Check { get => Get(CheckProperty); set => Set(CheckProperty, value); }

    /// <summary>Where health checks connect to, when it is not the server's address.</summary>
    public string? CheckAddress { get => Get(CheckAddressProperty); set => Set(CheckAddressProperty, value); }

    /// <summary>The protocols that health checks offer with ALPN.</summary>
    public IReadOnlyList<string>? CheckAlpn { get => Get(CheckAlpnProperty); set => Set(CheckAlpnProperty, value); }

    /// <summary>The port of health checks, 1 to 65535.</summary>
    public int? CheckPort { get => Get(CheckPortProperty); set => Set(CheckPortProperty, value); }

    /// <summary>The protocol of health checks, for example <c>h2</c>.</summary>
    public string? CheckProtocol { get => Get(CheckProtocolProperty); set => Set(CheckProtocolProperty, value); }

    /// <summary>Whether health checks begin with the PROXY protocol.</summary>
    public bool CheckSendProxy { get => Get(CheckSendProxyProperty); set => Set(CheckSendProxyProperty, value); }

    /// <summary>The server name that health checks send.</summary>
    public string? CheckSni { get => Get(CheckSniProperty); set => Set(CheckSniProperty, value); }

    /// <summary>Whether health checks use TLS.</summary>
    public bool CheckSsl { get => Get(CheckSslProperty); set => Set(CheckSslProperty, value); }

    /// <summary>The ciphers up to TLS 1.2, in the language of OpenSSL.</summary>
    public string? Ciphers { get => Get(CiphersProperty); set => Set(CiphersProperty, value); }

    /// <summary>The cipher suites of TLS 1.3, in the language of OpenSSL.</summary>
    public string? CipherSuites { get => Get(CipherSuitesProperty); set => Set(CipherSuitesProperty, value); }

    /// <summary>The value of the cookie that keeps clients with this server.</summary>
    public string? Cookie { get => Get(CookieProperty); set => Set(CookieProperty, value); }

    /// <summary>The file of revoked certificates.</summary>
    public string? CrlFile { get => Get(CrlFileProperty); set => Set(CrlFileProperty, value); }

    /// <summary>The curves, in the language of OpenSSL.</summary>
    public string? Curves { get => Get(CurvesProperty); set => Set(CurvesProperty, value); }

    /// <summary>Whether the server starts in maintenance.</summary>
    public bool Disabled { get => Get(DisabledProperty); set => Set(DisabledProperty, value); }

    /// <summary>The time between two health checks while the server is down.</summary>
    public TimeSpan? DownInterval { get => Get(DownIntervalProperty); set => Set(DownIntervalProperty, value); }

    /// <summary>After how many errors of observed traffic something is done.</summary>
    public int? ErrorLimit { get => Get(ErrorLimitProperty); set => Set(ErrorLimitProperty, value); }

    /// <summary>After how many failed health checks the server is down, from 1.</summary>
    public int? Fall { get => Get(FallProperty); set => Set(FallProperty, value); }

    /// <summary>The time between two health checks while the state may be changing.</summary>
    public TimeSpan? FastInterval { get => Get(FastIntervalProperty); set => Set(FastIntervalProperty, value); }

    /// <summary>The number of the server in statistics, from 1.</summary>
    public int? Id { get => Get(IdProperty); set => Set(IdProperty, value); }

    /// <summary>How the address is found at start, for example <c>last</c>, <c>libc</c>, <c>none</c>.</summary>
    public IReadOnlyList<string>? InitAddress
    {
        get => Get(InitAddressProperty);
        set => Set(InitAddressProperty, value);
    }

    /// <summary>The network interface through which connections leave.</summary>
    public string? Interface { get => Get(InterfaceProperty); set => Set(InterfaceProperty, value); }

    /// <summary>The time between two health checks.</summary>
    public TimeSpan? Interval { get => Get(IntervalProperty); set => Set(IntervalProperty, value); }

    /// <summary>How logs are framed: <c>octet-count</c> or <c>legacy</c>.</summary>
    public string? LogProtocol { get => Get(LogProtocolProperty); set => Set(LogProtocolProperty, value); }

    /// <summary>The most connections that the server gets at once; 0 is without a limit.</summary>
    public int? MaxConnections { get => Get(MaxConnectionsProperty); set => Set(MaxConnectionsProperty, value); }

    /// <summary>The most requests that wait for this server; 0 is without a limit.</summary>
    public int? MaxQueue { get => Get(MaxQueueProperty); set => Set(MaxQueueProperty, value); }

    /// <summary>How often a connection is used again; -1 is without a limit.</summary>
    public int? MaxReuse { get => Get(MaxReuseProperty); set => Set(MaxReuseProperty, value); }

    /// <summary>The limit of connections under little load.</summary>
    public int? MinConnections { get => Get(MinConnectionsProperty); set => Set(MinConnectionsProperty, value); }

    /// <summary>The network namespace of connections.</summary>
    public string? Namespace { get => Get(NamespaceProperty); set => Set(NamespaceProperty, value); }

    /// <summary>Whether the server is never put into a stick table.</summary>
    public bool NonStick { get => Get(NonStickProperty); set => Set(NonStickProperty, value); }

    /// <summary>What traffic is watched for errors: <c>none</c>, <c>layer4</c> or <c>layer7</c>.</summary>
    public string? Observe { get => Get(ObserveProperty); set => Set(ObserveProperty, value); }

    /// <summary>
    /// What happens after too many errors: <c>fastinter</c>, <c>fail-check</c>, <c>sudden-death</c>,
    /// <c>mark-down</c>.
    /// </summary>
    public string? OnError { get => Get(OnErrorProperty); set => Set(OnErrorProperty, value); }

    /// <summary>What happens when the server goes down: <c>shutdown-sessions</c>.</summary>
    public string? OnMarkedDown { get => Get(OnMarkedDownProperty); set => Set(OnMarkedDownProperty, value); }

    /// <summary>What happens when the server comes up: <c>shutdown-backup-sessions</c>.</summary>
    public string? OnMarkedUp { get => Get(OnMarkedUpProperty); set => Set(OnMarkedUpProperty, value); }

    /// <summary>Below how many idle connections no other thread's is taken.</summary>
    public int? PoolLowConnections
    {
        get => Get(PoolLowConnectionsProperty);
        set => Set(PoolLowConnectionsProperty, value);
    }

    /// <summary>The most idle connections that are kept; -1 is without a limit.</summary>
    public int? PoolMaxConnections
    {
        get => Get(PoolMaxConnectionsProperty);
        set => Set(PoolMaxConnectionsProperty, value);
    }

    /// <summary>How often idle connections that are too many are closed.</summary>
    public TimeSpan? PoolPurgeDelay { get => Get(PoolPurgeDelayProperty); set => Set(PoolPurgeDelayProperty, value); }

    /// <summary>The protocol, without negotiation, for example <c>h2</c>.</summary>
    public string? Protocol { get => Get(ProtocolProperty); set => Set(ProtocolProperty, value); }

    /// <summary>Where clients are sent instead, before the path.</summary>
    public string? RedirectPrefix { get => Get(RedirectPrefixProperty); set => Set(RedirectPrefixProperty, value); }

    /// <summary>The networks whose addresses are preferred.</summary>
    public IReadOnlyList<string>? ResolveNetworks
    {
        get => Get(ResolveNetworksProperty);
        set => Set(ResolveNetworksProperty, value);
    }

    /// <summary>How answers of name servers are used, for example <c>allow-dup-ip</c>.</summary>
    public IReadOnlyList<string>? ResolveOptions
    {
        get => Get(ResolveOptionsProperty);
        set => Set(ResolveOptionsProperty, value);
    }

    /// <summary>The family that is preferred: <c>ipv4</c> or <c>ipv6</c>.</summary>
    public string? ResolvePreference
    {
        get => Get(ResolvePreferenceProperty);
        set => Set(ResolvePreferenceProperty, value);
    }

    /// <summary>The name of the <c>resolvers</c> section that finds the address at run time.</summary>
    public string? Resolvers { get => Get(ResolversProperty); set => Set(ResolversProperty, value); }

    /// <summary>After how many good health checks the server is up again, from 1.</summary>
    public int? Rise { get => Get(RiseProperty); set => Set(RiseProperty, value); }

    /// <summary>Whether connections begin with version 1 of the PROXY protocol.</summary>
    public bool SendProxy { get => Get(SendProxyProperty); set => Set(SendProxyProperty, value); }

    /// <summary>Whether connections begin with version 2 of the PROXY protocol.</summary>
    public bool SendProxyV2 { get => Get(SendProxyV2Property); set => Set(SendProxyV2Property, value); }

    /// <summary>The shard of a <c>peers</c> section, from 1.</summary>
    public int? Shard { get => Get(ShardProperty); set => Set(ShardProperty, value); }

    /// <summary>How long the server takes to get its full weight after it came up.</summary>
    public TimeSpan? SlowStart { get => Get(SlowStartProperty); set => Set(SlowStartProperty, value); }

    /// <summary>The sample expression, in HAProxy's own language, that gives the server name to send.</summary>
    public string? Sni { get => Get(SniProperty); set => Set(SniProperty, value); }

    /// <summary>The address from which connections leave, as written.</summary>
    public string? SourceText { get => Get(SourceTextProperty); set => Set(SourceTextProperty, value); }

    /// <summary>Whether connections use TLS.</summary>
    public bool Ssl { get => Get(SslProperty); set => Set(SslProperty, value); }

    /// <summary>The highest version of TLS, for example <c>TLSv1.3</c>.</summary>
    public string? SslMaxVersion { get => Get(SslMaxVersionProperty); set => Set(SslMaxVersionProperty, value); }

    /// <summary>The lowest version of TLS, for example <c>TLSv1.2</c>.</summary>
    public string? SslMinVersion { get => Get(SslMinVersionProperty); set => Set(SslMinVersionProperty, value); }

    /// <summary>Whether connections use TCP fast open.</summary>
    public bool TcpFastOpen { get => Get(TcpFastOpenProperty); set => Set(TcpFastOpenProperty, value); }

    /// <summary>How long data may stay unacknowledged.</summary>
    public TimeSpan? TcpUserTimeout { get => Get(TcpUserTimeoutProperty); set => Set(TcpUserTimeoutProperty, value); }

    /// <summary>The server, or backend and server with a slash between, whose state this one takes over.</summary>
    public string? Track { get => Get(TrackProperty); set => Set(TrackProperty, value); }

    /// <summary>Whether the server's certificate is verified: <c>required</c> or <c>none</c>.</summary>
    public string? Verify { get => Get(VerifyProperty); set => Set(VerifyProperty, value); }

    /// <summary>The name that the server's certificate must have.</summary>
    public string? VerifyHost { get => Get(VerifyHostProperty); set => Set(VerifyHostProperty, value); }

    /// <summary>The protocol for WebSockets: <c>auto</c>, <c>h1</c> or <c>h2</c>.</summary>
    public string? WebSocketProtocol
    {
        get => Get(WebSocketProtocolProperty);
        set => Set(WebSocketProtocolProperty, value);
    }

    /// <summary>The weight, 0 to 256.</summary>
    public int? Weight { get => Get(WeightProperty); set => Set(WeightProperty, value); }
}
