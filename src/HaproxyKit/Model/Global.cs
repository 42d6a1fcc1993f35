using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>A <c>global</c> section: what concerns the whole process (configuration manual, chapter 3).</summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Global : Section
{
    internal static readonly SectionProperty<string?> ChrootProperty = Property.Setting("chroot", Codecs.Word);
    internal static readonly SectionProperty<string?> CpuPolicyProperty = Property.LanguageSetting("cpu-policy");
    internal static readonly SectionProperty<bool> DaemonProperty = Property.FlagSetting("daemon");
    internal static readonly SectionProperty<string?> DescriptionProperty = Property.LanguageSetting("description");
    internal static readonly SectionProperty<int?> GidProperty = Property.Setting("gid", Codecs.Number());
    internal static readonly SectionProperty<string?> GroupProperty = Property.Setting("group", Codecs.Word);
    internal static readonly SectionProperty<TimeSpan?> GracePeriodProperty = Property.Setting("grace", Codecs.Time);
    internal static readonly SectionProperty<TimeSpan?> HardStopAfterProperty =
        Property.Setting("hard-stop-after", Codecs.Time);
    internal static readonly SectionProperty<string?> LocalPeerProperty = Property.Setting("localpeer", Codecs.Name);
    internal static readonly SectionProperty<string?> LogSendHostnameProperty =
        Property.Setting("log-send-hostname", Codecs.Word);
    internal static readonly SectionProperty<string?> LogTagProperty = Property.Setting("log-tag", Codecs.Word);
    internal static readonly SectionProperty<bool> MasterWorkerProperty = Property.FlagSetting("master-worker");
    internal static readonly SectionProperty<int?> MaxConnectionsProperty =
        Property.Setting("maxconn", Codecs.Number(1));
    internal static readonly SectionProperty<int?> MaxConnectionRateProperty =
        Property.Setting("maxconnrate", Codecs.Number());
    internal static readonly SectionProperty<int?> MaxSslConnectionsProperty =
        Property.Setting("maxsslconn", Codecs.Number());
    internal static readonly SectionProperty<string?> NodeProperty = Property.Setting("node", Codecs.Name);
    internal static readonly SectionProperty<string?> PidFileProperty = Property.Setting("pidfile", Codecs.Word);
    internal static readonly SectionProperty<string?> ServerStateBaseProperty =
        Property.Setting("server-state-base", Codecs.Word);
    internal static readonly SectionProperty<string?> ServerStateFileProperty =
        Property.Setting("server-state-file", Codecs.Word);
    internal static readonly SectionProperty<bool?> SetDumpableProperty = Property.Switch("set-dumpable");
    internal static readonly SectionProperty<int?> StatsMaxConnectionsProperty =
        Property.Setting("stats maxconn", Codecs.Number(1));
    internal static readonly SectionProperty<TimeSpan?> StatsTimeoutProperty =
        Property.Setting("stats timeout", Codecs.Time);
    internal static readonly SectionProperty<bool?> StrictLimitsProperty = Property.Switch("strict-limits");
    internal static readonly SectionProperty<int?> ThreadGroupsProperty =
        Property.Setting("thread-groups", Codecs.Number(1));
    internal static readonly SectionProperty<int?> ThreadsProperty = Property.Setting("nbthread", Codecs.Number(1));
    internal static readonly SectionProperty<int?> UidProperty = Property.Setting("uid", Codecs.Number());
    internal static readonly SectionProperty<string?> UserProperty = Property.Setting("user", Codecs.Word);

    internal Global(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The folder that is the process's root.</summary>
    public string? Chroot { get => Get(ChrootProperty); set => Set(ChrootProperty, value); }

    /// <summary>How threads are put on processors, in HAProxy's own language, from 3.2 on.</summary>
    public string? CpuPolicy { get => Get(CpuPolicyProperty); set => Set(CpuPolicyProperty, value); }

    /// <summary>Whether the process goes to the background.</summary>
    public bool Daemon { get => Get(DaemonProperty); set => Set(DaemonProperty, value); }

    /// <summary>What the machine is for, in HAProxy's own language.</summary>
    public string? Description { get => Get(DescriptionProperty); set => Set(DescriptionProperty, value); }

    /// <summary>The number of the group under which the process runs.</summary>
    public int? Gid { get => Get(GidProperty); set => Set(GidProperty, value); }

    /// <summary>The group under which the process runs.</summary>
    public string? Group { get => Get(GroupProperty); set => Set(GroupProperty, value); }

    /// <summary>How long an old process goes on taking connections when it stops.</summary>
    public TimeSpan? GracePeriod { get => Get(GracePeriodProperty); set => Set(GracePeriodProperty, value); }

    /// <summary>How long an old process may live on after a reload.</summary>
    public TimeSpan? HardStopAfter { get => Get(HardStopAfterProperty); set => Set(HardStopAfterProperty, value); }

    /// <summary>The name of this machine among its peers.</summary>
    public string? LocalPeer { get => Get(LocalPeerProperty); set => Set(LocalPeerProperty, value); }

    /// <summary>The name of the machine in messages.</summary>
    public string? LogSendHostname { get => Get(LogSendHostnameProperty); set => Set(LogSendHostnameProperty, value); }

    /// <summary>The tag of messages.</summary>
    public string? LogTag { get => Get(LogTagProperty); set => Set(LogTagProperty, value); }

    /// <summary>Whether a master process watches over the workers.</summary>
    public bool MasterWorker { get => Get(MasterWorkerProperty); set => Set(MasterWorkerProperty, value); }

    /// <summary>The most connections of the process, from 1.</summary>
    public int? MaxConnections { get => Get(MaxConnectionsProperty); set => Set(MaxConnectionsProperty, value); }

    /// <summary>The most new connections each second.</summary>
    public int? MaxConnectionRate
    {
        get => Get(MaxConnectionRateProperty);
        set => Set(MaxConnectionRateProperty, value);
    }

    /// <summary>The most connections with TLS.</summary>
    public int? MaxSslConnections
    {
        get => Get(MaxSslConnectionsProperty);
        set => Set(MaxSslConnectionsProperty, value);
    }

    /// <summary>The name of this machine in statistics.</summary>
    public string? Node { get => Get(NodeProperty); set => Set(NodeProperty, value); }

    /// <summary>The file with the process's number.</summary>
    public string? PidFile { get => Get(PidFileProperty); set => Set(PidFileProperty, value); }

    /// <summary>The folder of the files with servers' states.</summary>
    public string? ServerStateBase { get => Get(ServerStateBaseProperty); set => Set(ServerStateBaseProperty, value); }

    /// <summary>The file with servers' states.</summary>
    public string? ServerStateFile { get => Get(ServerStateFileProperty); set => Set(ServerStateFileProperty, value); }

    /// <summary>Whether the process may write a core dump.</summary>
    public bool? SetDumpable { get => Get(SetDumpableProperty); set => Set(SetDumpableProperty, value); }

    /// <summary>The most clients of the Runtime API at once, from 1.</summary>
    public int? StatsMaxConnections
    {
        get => Get(StatsMaxConnectionsProperty);
        set => Set(StatsMaxConnectionsProperty, value);
    }

    /// <summary>The longest silence of a client of the Runtime API.</summary>
    public TimeSpan? StatsTimeout { get => Get(StatsTimeoutProperty); set => Set(StatsTimeoutProperty, value); }

    /// <summary>Whether HAProxy refuses to start where it cannot have the limits that it needs.</summary>
    public bool? StrictLimits { get => Get(StrictLimitsProperty); set => Set(StrictLimitsProperty, value); }

    /// <summary>The number of groups of threads, from 1.</summary>
    public int? ThreadGroups { get => Get(ThreadGroupsProperty); set => Set(ThreadGroupsProperty, value); }

    /// <summary>The number of threads, from 1.</summary>
    public int? Threads { get => Get(ThreadsProperty); set => Set(ThreadsProperty, value); }

    /// <summary>The number of the user under whom the process runs.</summary>
    public int? Uid { get => Get(UidProperty); set => Set(UidProperty, value); }

    /// <summary>The user under whom the process runs.</summary>
    public string? User { get => Get(UserProperty); set => Set(UserProperty, value); }

    /// <summary>The sockets of the Runtime API, <c>stats socket</c>, in order.</summary>
    public IReadOnlyList<StatsSocket> StatsSockets =>
        [.. Directives["stats"].OfType<StatsSocket>().Where(line => line.Arguments is { Count: > 0 } words && words[0].Value == "socket")];

    /// <summary>Where messages go.</summary>
    public RuleList<LogTarget> Logs => new(this, "log");

    /// <summary>What concerns TLS.</summary>
    public GlobalSsl Ssl => new(this);

    /// <summary>The <c>tune.*</c> settings.</summary>
    public TuneSet Tune => new(this);

    /// <summary>Adds a socket of the Runtime API behind the others.</summary>
    /// <param name="address">Its address, or the path of a unix socket.</param>
    /// <param name="configure">Sets the rest of the line, or null. When it throws, the line is taken back.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">The address is the default value.</exception>
    public StatsSocket StatsSocket(Address address, Action<StatsSocket>? configure = null) =>
        AddLine(LineEditor.Join(["stats"u8.ToArray(), "socket"u8.ToArray(), WordWriter.Quote(Codecs.Address.WriteBytes(address))]), configure);
}
