using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// The time limits of a proxy (configuration manual, chapter 4.2, <c>timeout</c>). Null where the section says nothing
/// that is a time; setting null removes the lines. The last line that no condition decides about counts.
/// </summary>
/// <remarks>
/// What HAProxy cannot keep is refused with an <see cref="ArgumentOutOfRangeException"/>, and then nothing has changed.
/// </remarks>
public sealed class TimeoutSet
{
    internal static readonly SectionProperty<TimeSpan?> CheckProperty = Of("check");
    internal static readonly SectionProperty<TimeSpan?> ClientProperty = Of("client");
    internal static readonly SectionProperty<TimeSpan?> ClientFinProperty = Of("client-fin");
    internal static readonly SectionProperty<TimeSpan?> ConnectProperty = Of("connect");
    internal static readonly SectionProperty<TimeSpan?> HttpKeepAliveProperty = Of("http-keep-alive");
    internal static readonly SectionProperty<TimeSpan?> HttpRequestProperty = Of("http-request");
    internal static readonly SectionProperty<TimeSpan?> QueueProperty = Of("queue");
    internal static readonly SectionProperty<TimeSpan?> ServerProperty = Of("server");
    internal static readonly SectionProperty<TimeSpan?> ServerFinProperty = Of("server-fin");
    internal static readonly SectionProperty<TimeSpan?> TarpitProperty = Of("tarpit");
    internal static readonly SectionProperty<TimeSpan?> TunnelProperty = Of("tunnel");

    private readonly Section _section;

    internal TimeoutSet(Section section) => _section = section;

    /// <summary>The longest wait for a health check's answer, once connected.</summary>
    public TimeSpan? Check { get => _section.Get(CheckProperty); set => _section.Set(CheckProperty, value); }

    /// <summary>The longest silence of a client.</summary>
    public TimeSpan? Client { get => _section.Get(ClientProperty); set => _section.Set(ClientProperty, value); }

    /// <summary>The longest silence of a client whose connection is half closed.</summary>
    public TimeSpan? ClientFin { get => _section.Get(ClientFinProperty); set => _section.Set(ClientFinProperty, value); }

    /// <summary>The longest wait for a connection to a server.</summary>
    public TimeSpan? Connect { get => _section.Get(ConnectProperty); set => _section.Set(ConnectProperty, value); }

    /// <summary>The longest wait for the next request of a connection.</summary>
    public TimeSpan? HttpKeepAlive { get => _section.Get(HttpKeepAliveProperty); set => _section.Set(HttpKeepAliveProperty, value); }

    /// <summary>The longest wait for a whole request.</summary>
    public TimeSpan? HttpRequest { get => _section.Get(HttpRequestProperty); set => _section.Set(HttpRequestProperty, value); }

    /// <summary>The longest wait for a free server.</summary>
    public TimeSpan? Queue { get => _section.Get(QueueProperty); set => _section.Set(QueueProperty, value); }

    /// <summary>The longest silence of a server.</summary>
    public TimeSpan? Server { get => _section.Get(ServerProperty); set => _section.Set(ServerProperty, value); }

    /// <summary>The longest silence of a server whose connection is half closed.</summary>
    public TimeSpan? ServerFin { get => _section.Get(ServerFinProperty); set => _section.Set(ServerFinProperty, value); }

    /// <summary>How long a request that is tarpitted waits.</summary>
    public TimeSpan? Tarpit { get => _section.Get(TarpitProperty); set => _section.Set(TarpitProperty, value); }

    /// <summary>The longest silence of a connection in both directions, once it is a tunnel.</summary>
    public TimeSpan? Tunnel { get => _section.Get(TunnelProperty); set => _section.Set(TunnelProperty, value); }

    /// <summary>A time limit by its name.</summary>
    /// <param name="name">The word behind <c>timeout</c>, for example <c>http-request</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a control character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">HAProxy cannot keep the new time.</exception>
    public TimeSpan? this[string name]
    {
        get => _section.Get(Of(name));
        set => _section.Set(Of(name), value);
    }

    internal static SectionProperty<TimeSpan?> Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Property.Setting($"timeout {name}", Codecs.Time);
    }
}
