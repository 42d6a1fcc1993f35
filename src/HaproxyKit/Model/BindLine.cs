using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What the lines of listeners say: <c>bind</c>, <c>dgram-bind</c>, <c>default-bind</c> and <c>stats socket</c>;
/// all other words by <see cref="Directive.Arguments"/> (configuration manual, chapter 5.1).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public abstract class BindLine : Directive
{
    internal static readonly DirectiveProperty<bool> AcceptProxyProperty = Property.Flag("accept-proxy");
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> AlpnProperty =
        Property.Named("alpn", Codecs.CommaList);
    internal static readonly DirectiveProperty<int?> BacklogProperty = Property.Named("backlog", Codecs.Number());
    internal static readonly DirectiveProperty<string?> CaFileProperty = Property.Named("ca-file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CertificateProperty = Property.Named("crt", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CertificateListProperty =
        Property.Named("crt-list", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CiphersProperty = Property.Named("ciphers", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CipherSuitesProperty =
        Property.Named("ciphersuites", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CrlFileProperty = Property.Named("crl-file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> CurvesProperty = Property.Named("curves", Codecs.Word);
    internal static readonly DirectiveProperty<bool> DeferAcceptProperty = Property.Flag("defer-accept");
    internal static readonly DirectiveProperty<string?> GroupProperty = Property.Named("group", Codecs.Word);
    internal static readonly DirectiveProperty<int?> IdProperty = Property.Named("id", Codecs.Number(1));
    internal static readonly DirectiveProperty<string?> InterfaceProperty = Property.Named("interface", Codecs.Word);
    internal static readonly DirectiveProperty<bool> IsSslProperty = Property.Flag("ssl");
    internal static readonly DirectiveProperty<string?> LevelProperty = Property.Named("level", Codecs.Word);
    internal static readonly DirectiveProperty<int?> MaxConnectionsProperty =
        Property.Named("maxconn", Codecs.Number());
    internal static readonly DirectiveProperty<string?> ModeProperty = Property.Named("mode", Codecs.Word);
    internal static readonly DirectiveProperty<int?> MssProperty = Property.Named("mss", Codecs.Number(-65535, 65535));
    internal static readonly DirectiveProperty<string?> NameProperty = Property.Named("name", Codecs.Word);
    internal static readonly DirectiveProperty<string?> NamespaceProperty = Property.Named("namespace", Codecs.Word);
    internal static readonly DirectiveProperty<int?> NiceProperty = Property.Named("nice", Codecs.Number(-1024, 1024));
    internal static readonly DirectiveProperty<bool> NoStrictSniProperty = Property.Flag("no-strict-sni");
    internal static readonly DirectiveProperty<string?> ProtocolProperty = Property.Named("proto", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ShardsProperty = Property.Named("shards", Codecs.Word);
    internal static readonly DirectiveProperty<string?> SslMaxVersionProperty =
        Property.Named("ssl-max-ver", Codecs.Word);
    internal static readonly DirectiveProperty<string?> SslMinVersionProperty =
        Property.Named("ssl-min-ver", Codecs.Word);
    internal static readonly DirectiveProperty<bool> StrictSniProperty = Property.Flag("strict-sni");
    internal static readonly DirectiveProperty<bool> TcpFastOpenProperty = Property.Flag("tfo");
    internal static readonly DirectiveProperty<TimeSpan?> TcpUserTimeoutProperty =
        Property.Named("tcp-ut", Codecs.Time);
    internal static readonly DirectiveProperty<string?> ThreadProperty = Property.Named("thread", Codecs.Word);
    internal static readonly DirectiveProperty<bool> TransparentProperty = Property.Flag("transparent");
    internal static readonly DirectiveProperty<string?> UserProperty = Property.Named("user", Codecs.Word);
    internal static readonly DirectiveProperty<bool> V4V6Property = Property.Flag("v4v6");
    internal static readonly DirectiveProperty<bool> V6OnlyProperty = Property.Flag("v6only");
    internal static readonly DirectiveProperty<string?> VerifyProperty = Property.Named("verify", Codecs.Word);

    private protected BindLine(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>Whether connections begin with the PROXY protocol.</summary>
    public bool AcceptProxy { get => Get(AcceptProxyProperty); set => Set(AcceptProxyProperty, value); }

    /// <summary>The protocols that are offered with ALPN, for example <c>h2</c> and <c>http/1.1</c>.</summary>
    public IReadOnlyList<string>? Alpn { get => Get(AlpnProperty); set => Set(AlpnProperty, value); }

    /// <summary>How many connections may wait to be accepted.</summary>
    public int? Backlog { get => Get(BacklogProperty); set => Set(BacklogProperty, value); }

    /// <summary>The file of authorities that vouch for clients' certificates.</summary>
    public string? CaFile { get => Get(CaFileProperty); set => Set(CaFileProperty, value); }

    /// <summary>
    /// The file or folder with certificates and keys; where the line names several, the last one. Setting null
    /// removes all.
    /// </summary>
    public string? Certificate { get => Get(CertificateProperty); set => Set(CertificateProperty, value); }

    /// <summary>The file that lists certificates and what is said about each.</summary>
    public string? CertificateList { get => Get(CertificateListProperty); set => Set(CertificateListProperty, value); }

    /// <summary>The ciphers up to TLS 1.2, in the language of OpenSSL.</summary>
    public string? Ciphers { get => Get(CiphersProperty); set => Set(CiphersProperty, value); }

    /// <summary>The cipher suites of TLS 1.3, in the language of OpenSSL.</summary>
    public string? CipherSuites { get => Get(CipherSuitesProperty); set => Set(CipherSuitesProperty, value); }

    /// <summary>The file of revoked certificates.</summary>
    public string? CrlFile { get => Get(CrlFileProperty); set => Set(CrlFileProperty, value); }

    /// <summary>The curves, in the language of OpenSSL.</summary>
    public string? Curves { get => Get(CurvesProperty); set => Set(CurvesProperty, value); }

    /// <summary>Whether connections wait for their first data before they are accepted.</summary>
    public bool DeferAccept { get => Get(DeferAcceptProperty); set => Set(DeferAcceptProperty, value); }

    /// <summary>The group that a unix socket belongs to.</summary>
    public string? Group { get => Get(GroupProperty); set => Set(GroupProperty, value); }

    /// <summary>The number of the listener in statistics, from 1.</summary>
    public int? Id { get => Get(IdProperty); set => Set(IdProperty, value); }

    /// <summary>The network interface on which it listens.</summary>
    public string? Interface { get => Get(InterfaceProperty); set => Set(InterfaceProperty, value); }

    /// <summary>Whether the listener takes TLS.</summary>
    public bool IsSsl { get => Get(IsSslProperty); set => Set(IsSslProperty, value); }

    /// <summary>What a client of the Runtime API may do: <c>user</c>, <c>operator</c> or <c>admin</c>.</summary>
    public string? Level { get => Get(LevelProperty); set => Set(LevelProperty, value); }

    /// <summary>The most connections of this listener.</summary>
    public int? MaxConnections { get => Get(MaxConnectionsProperty); set => Set(MaxConnectionsProperty, value); }

    /// <summary>The mode of a unix socket, in octal.</summary>
    public string? Mode { get => Get(ModeProperty); set => Set(ModeProperty, value); }

    /// <summary>The largest TCP segment, in bytes.</summary>
    public int? Mss { get => Get(MssProperty); set => Set(MssProperty, value); }

    /// <summary>The name of the listener in statistics, or null. Setting null takes it away.</summary>
    public string? Name { get => Get(NameProperty); set => Set(NameProperty, value); }

    /// <summary>The network namespace in which it listens.</summary>
    public string? Namespace { get => Get(NamespaceProperty); set => Set(NamespaceProperty, value); }

    /// <summary>The priority, -1024 to 1024.</summary>
    public int? Nice { get => Get(NiceProperty); set => Set(NiceProperty, value); }

    /// <summary>
    /// Whether clients without a name that a certificate has get the first one, although
    /// <c>ssl-default-bind-options</c> says otherwise.
    /// </summary>
    public bool NoStrictSni { get => Get(NoStrictSniProperty); set => Set(NoStrictSniProperty, value); }

    /// <summary>The protocol, without negotiation, for example <c>h2</c>.</summary>
    public string? Protocol { get => Get(ProtocolProperty); set => Set(ProtocolProperty, value); }

    /// <summary>How many sockets share the traffic: a number, <c>by-thread</c> or <c>by-group</c>.</summary>
    public string? Shards { get => Get(ShardsProperty); set => Set(ShardsProperty, value); }

    /// <summary>The highest version of TLS, for example <c>TLSv1.3</c>.</summary>
    public string? SslMaxVersion { get => Get(SslMaxVersionProperty); set => Set(SslMaxVersionProperty, value); }

    /// <summary>The lowest version of TLS, for example <c>TLSv1.2</c>.</summary>
    public string? SslMinVersion { get => Get(SslMinVersionProperty); set => Set(SslMinVersionProperty, value); }

    /// <summary>Whether clients without a name that a certificate has are refused.</summary>
    public bool StrictSni { get => Get(StrictSniProperty); set => Set(StrictSniProperty, value); }

    /// <summary>Whether TCP fast open is taken.</summary>
    public bool TcpFastOpen { get => Get(TcpFastOpenProperty); set => Set(TcpFastOpenProperty, value); }

    /// <summary>How long data may stay unacknowledged.</summary>
    public TimeSpan? TcpUserTimeout { get => Get(TcpUserTimeoutProperty); set => Set(TcpUserTimeoutProperty, value); }

    /// <summary>The threads that take connections, for example <c>1-4</c> or <c>2/all</c>.</summary>
    public string? Thread { get => Get(ThreadProperty); set => Set(ThreadProperty, value); }

    /// <summary>Whether it listens on addresses that the machine does not have.</summary>
    public bool Transparent { get => Get(TransparentProperty); set => Set(TransparentProperty, value); }

    /// <summary>The user that a unix socket belongs to.</summary>
    public string? User { get => Get(UserProperty); set => Set(UserProperty, value); }

    /// <summary>Whether <c>[::]</c> takes IPv4, too.</summary>
    public bool V4V6 { get => Get(V4V6Property); set => Set(V4V6Property, value); }

    /// <summary>Whether <c>[::]</c> takes IPv6 alone.</summary>
    public bool V6Only { get => Get(V6OnlyProperty); set => Set(V6OnlyProperty, value); }

    /// <summary>
    /// Whether clients' certificates are verified: <c>none</c>, <c>optional</c> or <c>required</c>.
    /// </summary>
    public string? Verify { get => Get(VerifyProperty); set => Set(VerifyProperty, value); }
}
