using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// The <c>tune.*</c> settings of <c>global</c> (configuration manual, chapter 3.2): the common ones by type, all by
/// name.
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class TuneSet
{
    internal static readonly SectionProperty<long?> BufferSizeProperty = Property.Setting("tune.bufsize", Codecs.Size);
    internal static readonly SectionProperty<int?> CompressionMaxLevelProperty =
        Property.Setting("tune.comp.maxlevel", Codecs.Number(1, 9));
    internal static readonly SectionProperty<int?> H2InitialWindowSizeProperty =
        Property.Setting("tune.h2.initial-window-size", Codecs.Number());
    internal static readonly SectionProperty<int?> H2MaxConcurrentStreamsProperty =
        Property.Setting("tune.h2.max-concurrent-streams", Codecs.Number());
    internal static readonly SectionProperty<int?> HttpCookieLengthProperty =
        Property.Setting("tune.http.cookielen", Codecs.Number());
    internal static readonly SectionProperty<int?> HttpLogUriLengthProperty =
        Property.Setting("tune.http.logurilen", Codecs.Number());
    internal static readonly SectionProperty<int?> HttpMaxHeadersProperty =
        Property.Setting("tune.http.maxhdr", Codecs.Number(1, 32767));
    internal static readonly SectionProperty<TimeSpan?> IdleTimerProperty =
        Property.Setting("tune.idletimer", Codecs.Time);
    internal static readonly SectionProperty<int?> MaxAcceptProperty =
        Property.Setting("tune.maxaccept", Codecs.Number(-1));
    internal static readonly SectionProperty<int?> MaxPollEventsProperty =
        Property.Setting("tune.maxpollevents", Codecs.Number(1));
    internal static readonly SectionProperty<long?> MaxRewriteProperty =
        Property.Setting("tune.maxrewrite", Codecs.Size);
    internal static readonly SectionProperty<int?> PatternCacheSizeProperty =
        Property.Setting("tune.pattern.cache-size", Codecs.Number());
    internal static readonly SectionProperty<int?> SslCacheSizeProperty =
        Property.Setting("tune.ssl.cachesize", Codecs.Number());
    internal static readonly SectionProperty<int?> SslDefaultDhParameterProperty =
        Property.Setting("tune.ssl.default-dh-param", Codecs.Number(1024));
    internal static readonly SectionProperty<TimeSpan?> SslLifetimeProperty =
        Property.Setting("tune.ssl.lifetime", Codecs.Seconds);
    internal static readonly SectionProperty<long?> SslMaxRecordProperty =
        Property.Setting("tune.ssl.maxrecord", Codecs.Size);

    private const string Prefix = "tune.";

    private readonly Section _section;

    internal TuneSet(Section section) => _section = section;

    /// <summary>The size of a buffer, in bytes.</summary>
    public long? BufferSize { get => _section.Get(BufferSizeProperty); set => _section.Set(BufferSizeProperty, value); }

    /// <summary>The highest level of compression, 1 to 9.</summary>
    public int? CompressionMaxLevel
    {
        get => _section.Get(CompressionMaxLevelProperty);
        set => _section.Set(CompressionMaxLevelProperty, value);
    }

    /// <summary>The first window of HTTP/2, in bytes.</summary>
    public int? H2InitialWindowSize
    {
        get => _section.Get(H2InitialWindowSizeProperty);
        set => _section.Set(H2InitialWindowSizeProperty, value);
    }

    /// <summary>How many streams one connection of HTTP/2 has at once.</summary>
    public int? H2MaxConcurrentStreams
    {
        get => _section.Get(H2MaxConcurrentStreamsProperty);
        set => _section.Set(H2MaxConcurrentStreamsProperty, value);
    }

    /// <summary>The longest cookie that is captured, in bytes.</summary>
    public int? HttpCookieLength
    {
        get => _section.Get(HttpCookieLengthProperty);
        set => _section.Set(HttpCookieLengthProperty, value);
    }

    /// <summary>The longest URI in messages, in bytes.</summary>
    public int? HttpLogUriLength
    {
        get => _section.Get(HttpLogUriLengthProperty);
        set => _section.Set(HttpLogUriLengthProperty, value);
    }

    /// <summary>The most headers of one message, 1 to 32767.</summary>
    public int? HttpMaxHeaders
    {
        get => _section.Get(HttpMaxHeadersProperty);
        set => _section.Set(HttpMaxHeadersProperty, value);
    }

    /// <summary>After how much silence a stream counts as idle.</summary>
    public TimeSpan? IdleTimer
    {
        get => _section.Get(IdleTimerProperty);
        set => _section.Set(IdleTimerProperty, value);
    }

    /// <summary>How many connections are accepted at once; -1 is without a limit.</summary>
    public int? MaxAccept { get => _section.Get(MaxAcceptProperty); set => _section.Set(MaxAcceptProperty, value); }

    /// <summary>How many events are taken at once, from 1.</summary>
    public int? MaxPollEvents
    {
        get => _section.Get(MaxPollEventsProperty);
        set => _section.Set(MaxPollEventsProperty, value);
    }

    /// <summary>How much of a buffer is kept free for rewriting, in bytes.</summary>
    public long? MaxRewrite { get => _section.Get(MaxRewriteProperty); set => _section.Set(MaxRewriteProperty, value); }

    /// <summary>How many results of lookups are kept.</summary>
    public int? PatternCacheSize
    {
        get => _section.Get(PatternCacheSizeProperty);
        set => _section.Set(PatternCacheSizeProperty, value);
    }

    /// <summary>How many TLS sessions are kept.</summary>
    public int? SslCacheSize
    {
        get => _section.Get(SslCacheSizeProperty);
        set => _section.Set(SslCacheSizeProperty, value);
    }

    /// <summary>The length of Diffie-Hellman parameters, in bits, from 1024.</summary>
    public int? SslDefaultDhParameter
    {
        get => _section.Get(SslDefaultDhParameterProperty);
        set => _section.Set(SslDefaultDhParameterProperty, value);
    }

    /// <summary>How long a TLS session is kept.</summary>
    public TimeSpan? SslLifetime
    {
        get => _section.Get(SslLifetimeProperty);
        set => _section.Set(SslLifetimeProperty, value);
    }

    /// <summary>The longest record of TLS, in bytes.</summary>
    public long? SslMaxRecord
    {
        get => _section.Get(SslMaxRecordProperty);
        set => _section.Set(SslMaxRecordProperty, value);
    }

    /// <summary>The word that a setting has; null where no line says it. Setting null removes its lines.</summary>
    /// <param name="name">What stands behind <c>tune.</c>, for example <c>bufsize</c> or
    /// <c>h2.header-table-size</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or none, or the value is empty or holds a control
    /// character.</exception>
    public string? this[string name]
    {
        get => _section.Get(Of(name));
        set => _section.Set(Of(name), value);
    }

    /// <summary>
    /// The names, behind <c>tune.</c>, of all settings that the section mentions, in order, each once.
    /// </summary>
    public IReadOnlyList<string> Names =>
    [
        .. _section.Directives.Select(line => line.Keyword)
            .Where(keyword => keyword.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(keyword => keyword[Prefix.Length..])
            .Distinct(StringComparer.Ordinal),
    ];

    private static SectionProperty<string?> Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Contains(' ', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{name}' is no name of a setting.", nameof(name))
            : Property.Setting(Prefix + name, Codecs.Word);
    }
}
