namespace HaproxyKit.Model;

/// <summary>
/// The time limits that count for a proxy (configuration manual, chapter 4.2, <c>timeout</c>). The value is null where
/// nothing says one: then HAProxy waits without a limit, or as another of these limits says.
/// </summary>
public sealed class EffectiveTimeouts
{
    private readonly EffectiveSettings _settings;

    internal EffectiveTimeouts(EffectiveSettings settings) => _settings = settings;

    /// <summary>The longest wait for a health check's answer, once connected.</summary>
    public Effective<TimeSpan?> Check => _settings.Of(TimeoutSet.CheckProperty);

    /// <summary>The longest silence of a client.</summary>
    public Effective<TimeSpan?> Client => _settings.Of(TimeoutSet.ClientProperty);

    /// <summary>The longest silence of a client whose connection is half closed.</summary>
    public Effective<TimeSpan?> ClientFin => _settings.Of(TimeoutSet.ClientFinProperty);

    /// <summary>The longest wait for a connection to a server.</summary>
    public Effective<TimeSpan?> Connect => _settings.Of(TimeoutSet.ConnectProperty);

    /// <summary>The longest wait for the next request of a connection.</summary>
    public Effective<TimeSpan?> HttpKeepAlive => _settings.Of(TimeoutSet.HttpKeepAliveProperty);

    /// <summary>The longest wait for a whole request.</summary>
    public Effective<TimeSpan?> HttpRequest => _settings.Of(TimeoutSet.HttpRequestProperty);

    /// <summary>The longest wait for a free server.</summary>
    public Effective<TimeSpan?> Queue => _settings.Of(TimeoutSet.QueueProperty);

    /// <summary>The longest silence of a server.</summary>
    public Effective<TimeSpan?> Server => _settings.Of(TimeoutSet.ServerProperty);

    /// <summary>The longest silence of a server whose connection is half closed.</summary>
    public Effective<TimeSpan?> ServerFin => _settings.Of(TimeoutSet.ServerFinProperty);

    /// <summary>How long a request that is tarpitted waits.</summary>
    public Effective<TimeSpan?> Tarpit => _settings.Of(TimeoutSet.TarpitProperty);

    /// <summary>The longest silence of a connection in both directions, once it is a tunnel.</summary>
    public Effective<TimeSpan?> Tunnel => _settings.Of(TimeoutSet.TunnelProperty);

    /// <summary>A time limit by its name.</summary>
    /// <param name="name">The word behind <c>timeout</c>, for example <c>http-request</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Effective<TimeSpan?> this[string name] => _settings.Of(TimeoutSet.Of(name));
}
